/* Comforts only, every page works without: files, drafts, one submit, keys, focus after a swap by htmx. */
(() => {
  "use strict";
  const on = (name, act, early) => document.addEventListener(name, act, early);
  const one = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const make = (tag, props, ...children) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...children);
    return made;
  };
  const words = () => one("#words").dataset;
  const person = () => one("[data-person]")?.dataset.person;
  const lang = document.documentElement.lang || "en";

  /* files: several picks, drops and pastes add up in one input */
  const chosen = new WeakMap();

  const MB = { style: "unit", unit: "megabyte", maximumSignificantDigits: 2 };
  const amount = (bytes) => Math.max(bytes / 1e6, 0.01).toLocaleString(lang, MB);

  // A canvas, because the content policy lets no blob: address into an <img>.
  const thumbnail = (file) => {
    const canvas = make("canvas", { className: "ph" });
    createImageBitmap(file, { resizeHeight: 72 }).then((image) => {
      Object.assign(canvas, { width: image.width, height: image.height });
      canvas.getContext("2d").drawImage(image, 0, 0);
    }, () => canvas.remove());
    return canvas;
  };

  const keep = (input, files) => {
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    chosen.set(input, files);
    const limit = Number(words().maxBytes);
    one(".up", input.closest(".drop")).replaceChildren(...files.map((file) => {
      const large = file.size > limit;
      const size = make("small", { className: large ? "late" : "" }, amount(file.size) + (large ? ", " + words().big : ""));
      const drop = () => { keep(input, files.filter((other) => other !== file)); input.focus(); };
      const remove = make("button", { type: "button", className: "linkish", onclick: drop }, words().remove);
      remove.ariaLabel = `${words().remove} ${file.name}`;
      const picture = file.type.startsWith("image/") ? thumbnail(file) : "";
      return make("li", {}, make("span", { className: "file" }, picture, make("span", {}, file.name, size), remove));
    }));
  };

  const add = (input, files) => {
    const before = chosen.get(input) || [];
    const same = (a) => (b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
    keep(input, input.multiple ? [...before, ...files.filter((file) => !before.some(same(file)))] : files.slice(-1));
  };

  const inputFor = (target) => one(".drop input[type=file]", target.closest?.("form") || make("i"));

  on("change", ({ target }) => {
    if (target.matches(".drop input[type=file]")) add(target, [...target.files]);
  });
  on("paste", (event) => {
    const input = inputFor(event.target), files = [...event.clipboardData.files];
    if (!input || !files.length) return;
    event.preventDefault();
    add(input, files);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    on(name, (event) => {
      const input = inputFor(event.target);
      if (!input || !event.dataTransfer.types.includes("Files")) return;
      if (name !== "dragleave") event.preventDefault();
      input.form.classList.toggle("over-drop", name === "dragover");
      if (name === "drop") add(input, [...event.dataTransfer.files]);
    });
  }
  // htmx sends the form and says how far it is.
  on("htmx:xhr:progress", ({ target, detail }) => {
    const list = target.matches("[data-upload]") && one(".up:has(li)", target);
    if (!list || !detail.total) return;
    if (!one("progress", target)) list.after(make("progress", { max: 1, ariaLabel: words().sending }));
    one("progress", target).value = detail.loaded / detail.total;
  });

  /* drafts: for this person on this device, until sent, signed out or two weeks old */
  let waiting;
  const TYPED = "textarea text email tel url number search date".split(" ");
  const fields = (form) => [...form.elements].filter((f) => TYPED.includes(f.type) && f.name && !f.matches("[data-no-draft]"));
  const keyOf = (form) => `draft:${person()}:${new URL(form.action).pathname}`;
  const forget = (isOver) => Object.keys(localStorage).forEach((key) => {
    if (key.startsWith("draft:") && isOver(key)) localStorage.removeItem(key);
  });

  const tell = (form, at) => {
    const time = new Date(at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
    const line = one("[data-draft-line]", form) || make("p", { className: "hint below" });
    line.dataset.draftLine = "";
    if (!line.isConnected) (one("textarea", form) || fields(form)[0]).after(line);
    line.textContent = words().kept.replace("{time}", time);
  };
  const save = (form) => {
    clearTimeout(waiting);
    const texts = fields(form).filter((f) => f.value && f.value !== f.defaultValue).map((f) => [f.name, f.value]);
    if (!person()) return;
    if (!texts.length) return localStorage.removeItem(keyOf(form));
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), texts: Object.fromEntries(texts) }));
    tell(form, Date.now());
  };
  const restore = (form) => {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)));
    const empty = draft && person() ? fields(form).filter((f) => !f.value && draft.texts[f.name]) : [];
    empty.forEach((f) => { f.value = draft.texts[f.name]; });
    if (empty.length) tell(form, draft.at);
  };
  on("input", ({ target: { form } }) => {
    if (!form?.matches("[data-draft]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 400, form);
  });

  on("htmx:beforeOnLoad", ({ target, detail }) => {
    if (target.matches("form[data-draft]") && detail.xhr.status < 300) localStorage.removeItem(keyOf(target));
  });
  // A refused form stays at the address it was on, which a reload can fetch; the one it was sent to often cannot.
  on("htmx:beforeHistoryUpdate", ({ detail }) => {
    if (detail.requestConfig.verb !== "post" || detail.xhr.status < 400) return;
    Object.assign(detail.history, { type: "replace", path: location.pathname + location.search });
  });

  /* one submit: the button rests until the answer is there */
  const rest = (form, busy) => {
    form.toggleAttribute("data-busy", busy);
    all("button:not([type=button])", form).forEach((button) => { button.ariaDisabled = busy || null; });
    if (!busy) one("progress", form)?.remove();
  };
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-busy")) {
      event.preventDefault();
      return event.stopImmediatePropagation();
    }
    rest(form, true);
    setTimeout(rest, 30000, form, false);
    // What still runs in the background would bring the session of before back, and with it lose the notice.
    all("[hx-trigger^=load]").forEach((part) => window.htmx?.trigger(part, "htmx:abort"));
    if (form.matches("[data-draft]")) save(form);
    if (form.matches("[data-forget-drafts]")) forget((key) => key.startsWith(`draft:${person()}:`));
  }, true);
  window.onpageshow = () => all("[data-busy]").forEach((form) => rest(form, false));
  on("htmx:afterRequest", ({ target }) => { if (target.matches("form")) rest(target, false); });
  on("htmx:sendError", () => {
    const says = make("div", { className: "notice is-late", role: "alert" }, "", make("div", {}, make("b", {}, words().failed), " " + words().again));
    one("#notices").replaceChildren(says);
    says.scrollIntoView({ block: "nearest" });
  });

  /* keys: j and k along the rows of [data-keys], others by data-key; "?" shows them, and switches them off */
  const inField = (target) => target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  const seen = (element) => element.getClientRects().length > 0;
  const step = (by) => {
    const rows = all("[data-keys] a[data-row]").filter(seen);
    const here = rows.findIndex((row) => row.closest("li, tr").contains(document.activeElement));
    rows[here < 0 ? 0 : here + by]?.focus();
  };
  on("keydown", (event) => {
    const { key, target } = event, dialog = one("#keys");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField(target) || one("dialog[open]")) return;
    const found = all("[data-key]").find((element) => element.dataset.key === key && seen(element));
    if (key === "?" && dialog) dialog.showModal();
    else if (localStorage.keys === "off") return;
    else if ("jk".includes(key) && one("[data-keys]")) step(key === "j" ? 1 : -1);
    else if (found) found[inField(found) ? "focus" : "click"]();
    else return;
    event.preventDefault();
  });
  on("change", ({ target }) => {
    if (target.matches("[data-keys-switch]")) localStorage.keys = target.checked ? "on" : "off";
  });

  /* each page, loaded or swapped in */
  const start = () => {
    one("[data-focus]")?.focus();
    all("form[data-draft]").forEach(restore);
    all("[data-keys-switch]").forEach((box) => { box.checked = localStorage.keys !== "off"; });
  };
  on("htmx:afterSettle", ({ target }) => {
    if (target !== document.body) return all("form[data-draft]", target).forEach(restore);
    if (!location.hash) one("#main").focus({ preventScroll: true });
    start();
  });
  window.onbeforeprint = () => all("details.older").forEach((part) => { part.open = true; });
  forget((key) => JSON.parse(localStorage.getItem(key)).at < Date.now() - 14 * 864e5);
  start();
})();
