"""What columns are called by those who send us files: in English, Portuguese and Croatian."""

from typing import Any

from flask_babel import lazy_gettext as _l

Names = dict[str, tuple[Any, str]]
_COMPANY = (
    "company_name|company|organization|organisation|organization_name|customer_name|customer|account|account_name|"
    "client|client_name|business_name|legal_name|firm|firma|naziv_firme|tvrtka|naziv_tvrtke|ime_tvrtke|kupac|"
    "naziv_kupca|klijent|poduzeće|empresa|nome_da_empresa|nome_empresa|razão_social|denominação|cliente|"
    "nome_do_cliente|nome_cliente|organização|organizacija|naziv_organizacije"
)
_COMPANY_ID = (
    "customer_id|organization_id|organisation_id|company_id|account_id|client_id|customer_number|customer_no|"
    "customer_code|id_kupca|šifra_kupca|broj_kupca|id_tvrtke|id_cliente|código_cliente|código_do_cliente|"
    "número_de_cliente|id_empresa|nº_cliente"
)
_ID = "id|external_id|key|number|code|no|nr|šifra|broj|oznaka|código|codigo|número|ref|reference"

ORGANIZATIONS: Names = {
    "external_id": (_l("Their id"), f"{_COMPANY_ID}|{_ID}"),
    "name": (
        _l("Name"),
        f"{_COMPANY}|name|naziv|ime|nome|designação|supplier|supplier_name|partner|partner_name",
    ),
    "relation": (
        _l("What they are to us"),
        "relations|type|account_type|role|odnos|vrsta|uloga|tipo|relação|tipo_de_cliente",
    ),
    "segment": (_l("Segment"), "industry|sector|branch|segment|djelatnost|sektor|setor|segmento|indústria"),
    "tier": (_l("Tier"), "level|partner_level|razina|nível|escalão|class"),
    "country": (
        _l("Country"),
        "country_code|country_name|land|država|zemlja|drzava|país|pais|código_do_país|nation",
    ),
    "domain": (
        _l("Web domain"),
        (
            "website|web|url|homepage|web_site|web_domain|site|internet|mrežna_stranica|web_stranica|domena|domínio|"
            "página_web"
        ),
    ),
    "vat": (
        _l("VAT id"),
        (
            "vat_id|vat_number|vat_no|tax_id|tax_number|tax_no|oib|pdv_broj|pdv_id|porezni_broj|nif|nipc|contribuinte|"
            "número_de_contribuinte|cnpj|ust_id|uid"
        ),
    ),
    "phone": (
        _l("Phone"),
        "telephone|phone_number|tel|mobile|telefon|broj_telefona|mobitel|telefone|telemóvel|contacto|celular",
    ),
    "fax": (_l("Fax"), "fax_number|telefax|faks|broj_faksa"),
    "street": (
        _l("Street"),
        "address|street_address|address_line_1|address1|adresa|ulica|ulica_i_broj|morada|endereço|rua|logradouro",
    ),
    "postal_code": (
        _l("Postal code"),
        "postcode|zip|zip_code|postalcode|plz|poštanski_broj|pošta|código_postal|cep|cp",
    ),
    "city": (_l("City"), "town|place|locality|grad|mjesto|cidade|localidade|município|ort"),
    "region": (
        _l("Region"),
        "state|province|county|district|županija|regija|pokrajina|região|distrito|estado",
    ),
    "spend": (_l("Spend class"), "spend_class|abc|abc_class|razred_potrošnje|classe|classe_abc"),
}

PEOPLE: Names = {
    "external_id": (
        _l("Their id"),
        (
            "person_id|contact_id|user_id|employee_id|contact_number|id_osobe|id_kontakta|šifra_osobe|id_pessoa|"
            f"id_contacto|id_contato|{_ID}"
        ),
    ),
    "name": (
        _l("Name"),
        (
            "contact_name|full_name|contact|person|person_name|contact_person|display_name|ime_i_prezime|puno_ime|"
            "kontakt|kontakt_osoba|osoba|ime|nome_completo|nome_do_contacto|pessoa_de_contacto|contacto|nome|name|naziv"
        ),
    ),
    "first_name": (
        _l("First name"),
        "firstname|given_name|forename|vorname|osobno_ime|primeiro_nome|nome_próprio",
    ),
    "last_name": (
        _l("Last name"),
        "lastname|surname|family_name|nachname|prezime|apelido|sobrenome|último_nome",
    ),
    "email": (
        _l("E-mail"),
        (
            "e-mail|mail|email_address|e-mail_address|contact_email|e-pošta|epošta|e-mail_adresa|adresa_e-pošte|"
            "correio_eletrónico|correio|endereço_de_email"
        ),
    ),
    "organization_id": (_l("Id of their organization"), _COMPANY_ID),
    "organization": (_l("Organization"), f"{_COMPANY}|employer|works_for|supplier|partner"),
    "title": (
        _l("What they do there"),
        "contact_title|job_title|position|job|function|role|funkcija|radno_mjesto|titula|položaj|cargo|função|título",
    ),
    "phone": (
        _l("Phone"),
        "telephone|phone_number|contact_phone|tel|mobile|telefon|broj_telefona|mobitel|telefone|telemóvel|celular",
    ),
    "language": (_l("Language"), "lang|locale|jezik|idioma|língua"),
    "manager": (
        _l("Manages the organization here"),
        "is_manager|main_contact|upravlja|voditelj|gestor|gere|contacto_principal",
    ),
    "sees": (_l("Sees"), "access|visibility|vidi|pristup|vê|acesso"),
}

PRODUCTS: Names = {
    "external_id": (
        _l("Their id"),
        "product_id|item_id|article_id|id_proizvoda|id_artikla|id_produto|id_do_produto|id|external_id|key",
    ),
    "code": (
        _l("Code"),
        (
            "sku|product_code|item_number|article_number|article_no|item_no|part_number|product_number|šifra|"
            "šifra_proizvoda|šifra_artikla|oznaka|código|código_do_produto|referência|ref|number"
        ),
    ),
    "name": (
        _l("Name"),
        (
            "product_name|product|item|item_name|article|article_name|description|title|naziv|naziv_proizvoda|proizvod|"
            "artikl|naziv_artikla|nome|nome_do_produto|produto|artigo|designação|descrição"
        ),
    ),
    "group": (
        _l("Group"),
        (
            "product_group|category|category_name|product_category|category_id|family|grupa|skupina|kategorija|grupo|"
            "categoria|família"
        ),
    ),
    "price": (
        _l("List price"),
        "unit_price|list_price|net_price|amount|cijena|jedinična_cijena|cijena_po_komadu|preço|preço_unitário|pvp|valor",
    ),
    "currency": (_l("Currency"), "currency_code|valuta|moeda|divisa"),
    "archived": (
        _l("No longer offered"),
        "discontinued|inactive|obsolete|ukinut|neaktivan|nije_u_ponudi|descontinuado|inativo",
    ),
}

CASES: Names = {
    "external_id": (
        _l("Their id"),
        (
            "case_id|ticket_id|request_id|case_number|ticket_number|ticket|case|id_zahtjeva|broj_zahtjeva|broj_predmeta|"
            f"id_pedido|número_do_pedido|número_do_caso|{_ID}"
        ),
    ),
    "subject": (
        _l("Subject"),
        "title|summary|topic|headline|naslov|predmet|tema|assunto|título|resumo",
    ),
    "body": (
        _l("Message"),
        (
            "text|message|description|content|details|question|request|words|comment|poruka|tekst|opis|sadržaj|pitanje|"
            "upit|mensagem|texto|descrição|conteúdo|pergunta|comentário"
        ),
    ),
    "kind": (
        _l("Kind"),
        "type|case_type|request_type|category|vrsta|vrsta_zahtjeva|tip|kategorija|tipo|tipo_de_pedido|categoria",
    ),
    "organization_id": (_l("Id of their organization"), _COMPANY_ID),
    "organization": (_l("Organization"), _COMPANY),
    "email": (
        _l("E-mail of the sender"),
        (
            "e-mail|mail|email_address|sender|from|sender_email|requester|contact_email|pošiljatelj|e-pošta|remetente|"
            "correio_eletrónico|solicitante"
        ),
    ),
    "product": (_l("Product"), "product_name|product_code|sku|item|article|proizvod|artikl|produto|artigo"),
    "opened_at": (
        _l("When it was sent"),
        (
            "created_at|created|date|opened|received|received_at|sent_at|submitted_at|created_on|datum|datum_otvaranja|"
            "otvoreno|zaprimljeno|vrijeme|data|data_de_abertura|criado_em|aberto_em|recebido_em"
        ),
    ),
    "language": (_l("Language"), "lang|locale|jezik|idioma|língua"),
    "amount": (_l("Amount"), "value|sum|total|iznos|svota|valor|montante|quantia"),
    "currency": (_l("Currency"), "currency_code|valuta|moeda|divisa"),
    "department": (
        _l("Department, to compare with"),
        "expected_department|team|queue|dept|odjel|tim|departamento|equipa|setor",
    ),
    "intent": (_l("Intent, to compare with"), "label|expected|class|namjera|oznaka_namjere|intenção"),
}
