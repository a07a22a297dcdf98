"""What people of the demo attach that is text: reports, readings, letters."""

QUOTE = """Repair quote 2026-R-0318
6 x MG-125, brushes, bearing, cord     6 x 58.50    351.00
Return freight Zagreb - Porto                        61.00
Total, EUR, without VAT                             412.00
Valid for 14 days. Work takes three working days from your word.
"""
LOG = """moment;bay;pack;charge_percent;temperature_c
06:02;1;MB-8/0417;78;31
06:20;1;MB-8/0417;80;33
06:40;1;MB-8/0417;80;33
07:00;1;MB-8/0417;80;32
07:20;2;MB-8/0422;81;32
07:40;2;MB-8/0422;100;34
"""
CHECKED = """drill;lot;result
1-14;2609-B;cracked, 2 of them broken
15-40;2608-F;no finding
"""

REPORT = """8D report, article 7740-12, lot 2609-B                       D1 to D3
D1  Team        foundry, tool shop, quality
D2  Problem     cracks beside the bearing seat after two or three days of use
D3  At once     312 pieces of casting week 9 blocked; every housing through a gauge
                200 checked pieces ready to be sent
    Next        D4, first finding within three working days
"""
THICKNESS = """piece;cavity;wall_mm;drawing_mm
1;1;2.62;2.60
2;2;2.58;2.60
3;3;1.91;2.60
4;4;2.60;2.60
"""
TRAYS = """tray;pieces;formation;repeated
61;480;complete;no
62;480;broken off at 71 %;yes
63;480;broken off at 44 %;yes
64;480;complete;no
"""
REPAIR = """Izvještaj o popravku
Uređaj:   MC-160/0388
Uzrok:    crijevo priklješteno pod postoljem, kruna bez vode
Rad:      nova brtva i ležaj, proba u betonu 40 cm
Vrijeme:  3 sata s putem
"""
DECLARATION = """Declaração de conformidade                                  Meridian Tools, Zagreb
Máquinas: MG-125, MG-230, MR-26, MD-18
Diretivas: 2006/42/CE, 2014/30/UE, 2011/65/UE
Normas: EN 62841-1, EN 62841-2-1, EN 62841-2-3, EN 62841-2-6
Ensaios: relatórios 26-0417 a 26-0420
"""
MACHINES = """stroj;serijski;godina;stanje
MR-40;MR40-2211;2022;radi
MR-40;MR40-2214;2022;ne udara
MG-230;24.0931;2024;radi
MV-30;MV30-0702;2023;filtar star
MP-1200;MP12-1180;2023;radi
"""
NOISE = """mjesto;razmak_m;db_a;trajanje_s
kabina;1;94.2;30
kabina;4;83.1;30
ograda;12;71.8;60
susjed;25;64.9;60
"""
HANDOVER = """Zapisnik o preuzimanju
Strojevi:  2 x MR-40, 1 x MC-160, 1 x MV-30
Stanje:    ispravni, oprema potpuna
Rok:       14 dana, produljenje po dogovoru
"""
READINGS = """martelo;ambiente_c;minutos;carcaca_c
MR26-2601;31;5;48
MR26-2601;31;10;63
MR26-2601;31;15;71
MR26-2599;31;15;52
"""
PLAN = """week;article;pieces;dock
6;MB-5;80;Dublin
9;MB-5;80;Dublin
12;MB-8;40;Cork
15;MB-5;60;Dublin
"""
VIBRATION = """Vibration, EN 62841-2-6                    hammer drilling in concrete
MR-26    a(h,HD)  13.8 m/s2    K 1.5
MR-40    a(h,HD)   9.1 m/s2    K 1.5
Exposure to 2.5 m/s2 over eight hours is reached after 16 and 36 minutes of trigger time.
"""
