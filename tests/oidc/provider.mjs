// A real OpenID provider for the sign-in tests, on a free loopback port; prints its issuer once it listens.
//   node provider.mjs REDIRECT_URI
// Whoever signs in is believed; the login says what is claimed: "subject" or "subject|address|verified".
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [redirect] = process.argv.slice(2);
const server = createServer();

function account(_ctx, id) {
  const [sub, email, verified] = id.split("|");
  const claims = { sub: id, name: `The provider's ${sub}` };
  if (email) Object.assign(claims, { email, email_verified: verified === "verified" });
  return { accountId: id, claims: async () => claims };
}

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "portal", client_secret: "a secret of the tests", redirect_uris: [redirect] }],
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: true } },
    findAccount: account,
    pkce: { required: () => true },
  });
  server.on("request", provider.callback());
  console.log(JSON.stringify({ issuer }));
});

process.stdin.on("end", () => process.exit(0)).resume();  // goes when the tests go
