def test_smoke(cast):
    b = cast.browser("ada")
    for u in ["/settings/","/settings/organizations/","/settings/organizations/new","/settings/organizations/1/","/settings/organizations/2/","/settings/organizations/2/edit","/settings/organizations/1/edit","/settings/organizations/2/invite","/settings/organizations/1/invite","/settings/people/","/settings/people/new","/settings/people/1/","/settings/people/16/","/settings/people/1/edit","/settings/people/10/edit","/settings/departments/","/settings/departments/new","/settings/departments/1/","/settings/departments/2/edit","/settings/departments/2/add","/settings/rules/","/settings/rules/new","/settings/rules/1/","/settings/rules/1/delete","/settings/letters/","/settings/rules/?kind=complaint&text=broken&organization=Northwind&amount=12"]:
        try:
            p = b.get(u); print(u, len(p.html), p.all("h1")[0].text)
        except AssertionError as e:
            print("FAIL", u, str(e)[:200])
    assert 0
