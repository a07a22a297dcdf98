"""The rental company in Portugal, earlier in the year: fleets, loans and one long argument."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 237.1 ana support_request MC-6 | Wiring of eight charging stations in the new depot
We are fitting out the new depot in Maia. May eight MC-6 hang on one 16 A circuit, or how many?

1.2 marko takes
1.0 marko resolves: Three on 16 A, because all six bays may start at once. With the set to stagger them,
five. A plan with the circuits is in your mail.
6.0 ana accepts

# 225.4 bruno price_enquiry MR-40 | 15 combination hammers for the spring fleet
+ quantity 15
+ answer_by +9
Price for 15 MR-40, delivered to Maia in March.

1.3 sal takes
2.0 sal resolves: 15 are 638.00 each, delivered. They come with the anti-vibration handle this year, at no
extra.
7.0 bruno accepts

# 215.2 rui support_request MG-230 | Rebarbadora devolvida com cabo cortado pelo cliente
Um cliente devolveu uma MG-230 com o cabo cortado e emendado com fita. Podemos ser nós a montar o cabo novo?

0.9 ines takes
0.8 ines resolves: Podem, desde que no fim meçam o condutor de proteção e o isolamento e guardem os valores.
Mando dois cabos e a folha do ensaio.
3.0 rui accepts

# 208.3 ana complaint MC-4 | Thirty chargers without a warning label in Portuguese
+ remedy replacement
+ serial MC4-2549
All thirty chargers carry warnings in German only. We may not rent them out like that here.

0.7 sue gives to ines
0.9 ines resolves: You are right, and nor may we sell them like that. Sixty labels in Portuguese leave today
by letter; until then a sheet to print is in your mail. The packing line has been told.
14.0 ana accepts

# 195.1 rui complaint | Faltam três máquinas na devolução do aluguer de longa duração
+ remedy explanation
Devolvemos quarenta máquinas ao fim do contrato. A vossa lista diz trinta e sete.

1.0 ines takes
1.4 ines says: Vou recontar. Tem a lista assinada do dia da recolha?
2.0 rui says, with guia.jpg: Está aqui, quarenta, assinada pelo motorista.
7.0 ines resolves: Encontrei-as: foram diretamente para a oficina e ninguém as deu como entradas. São
quarenta, obrigada por guardar a guia.
3.0 rui accepts

# 182.4 bruno product_request MP-1200 | Ten mixers with spare whisks
+ quantity 10
+ needed_by +13
Ten MP-1200, and twenty whisks, they always come back bent.

1.0 iva takes
1.1 iva resolves: Ten mixers and twenty whisks leave on Monday. The whisks of this year have a thicker shaft;
tell me in summer whether they last.
9.0 bruno accepts

# 171.2 ana service_wish | An interface so that our system knows each machine's service date
+ place Porto
+ urgency often
Our rental software asks us for the next service date of 1,900 machines. We type it. Could it ask you?

5.0 sue takes
7.0 sue says, ours, 20d: I would like that too. Today we have the dates in a list; I am asking whether it can
be made available every night.
90.0 sue says: A list by serial number, every night, as a file. Would that be enough for the beginning?
6.0 ana says: It would save us two days a month.
20.0 sue resolves: It runs since Monday. The address and the columns are in your mail, and I would be glad to
hear in autumn what is missing.
9.0 ana accepts

# 161.1 ana complaint | Deposit for returned crates not credited since autumn
+ remedy credit
+ amount 1620.00
+ currency EUR
We have returned 108 crates since October and got credit for none: 108 × 15.00. The third time we ask, the
first two were by phone.

0.6 sue takes
0.8 sue says, ours, 4d: Twice by phone and nothing happened: I am sorry. It is in writing now, and finance
has it on the desk.
6.0 fin notes: I count 96 from their slips and 12 without one. Going through the gate book before anybody
answers.
16.0 fin finishes Check the amount as approved, en: All 108 are in the gate book. Two people's crates were
booked as scrap.
2.0 sue resolves: All 108 are found and € 1,620.00 are credited today. Crates have a number from next month,
so that nobody has to count slips again.
11.0 ana accepts

# 146.3 bruno invoice_question | Dunning fee although the complaint was open
+ invoice 2026-1377
+ concern other
You charge a dunning fee for an invoice that we contested in writing.

1.7 fin takes
1.2 fin resolves: A contested invoice must not be dunned. The fee is gone and the run now skips what is
contested.
4.0 bruno accepts

# 129.2 rui support_request MB-5 | Quantos ciclos aguentam as MB-5 em aluguer?
Para calcular o preço do aluguer: ao fim de quantas cargas a MB-5 desce abaixo de 80 %?

1.5 ines takes
1.1 ines resolves: Em aluguer, com cargas rápidas e calor, contamos 550 cargas; na folha técnica estão 800. A
estação MC-6 mostra o número de cargas de cada bateria, se a segurar cinco segundos.
3.0 rui accepts

# 113.2 ana price_enquiry MS-190 | End-of-season saws for a charity workshop
+ quantity 6
A workshop for young people in Matosinhos needs six saws and has little money. Do you have returns in good
order?

1.9 sal takes
4.0 sal asks for approval by finance, for fin, 4d: Six MS-190 from returns at 40.00 for a charity in Portugal
12.0 fin finishes Six MS-190 as approved, en: At cost, and the checks are ours.
1.0 sal resolves: Six, checked and with new cords, for 40.00 each, with their own certificate. The freight is
our share.
7.0 ana accepts

# 101.1 rui complaint MR-26 | Gatilho do martelo preso no máximo
+ serial MR26-2588
+ remedy repair
O gatilho fica no máximo mesmo solto pela metade. O cliente assustou-se e devolveu-o.

0.5 ines takes
0.6 ines resolves: É o regulador: solda fria num lote de março. Não o aluguem. Segue um interruptor novo e,
se tiver mais do mesmo lote (MR26-2580 a 2595), diga-me, troco todos.
4.0 rui says: Temos mais dois.
0.4 ines resolves: Seguem mais dois na mesma caixa.
1.0 rui accepts

# 89.4 ana invoice_question | Fuel surcharge of the carrier
+ invoice 2026-2604
+ concern amount
+ amount 38.20
A fuel surcharge appears on three invoices. Our contract says delivered.

2.1 fin takes
3.0 fin resolves: Delivered means delivered: the three surcharges, 38.20, are credited. The carrier now sends
them to us and not through to you.
5.0 ana accepts

# 74.2 bruno support_request MT-216 | Parts of the mitre saw that customers lose
Which small parts of the MT-216 should we keep? Clamps and blade keys never come back.

1.3 marko takes
1.0 marko resolves: For 20 saws: 20 clamps, 40 keys, 10 dust elbows and 5 fence knobs, 212.00 together as a
set I just made up. It has the number MT216-LOST.
4.0 bruno says: We take two MT216-LOST!
0.9 marko resolves: Iva sends them with Thursday's delivery.
2.0 bruno accepts

# 60.1 rui product_request MB-8 | Trinta MB-8 para obras de inverno
+ quantity 30
+ needed_by +15
Trinta MB-8 para o armazém de Lisboa, a tempo das obras de inverno.

1.0 duarte takes
1.2 duarte resolves: Saem na terça; em Lisboa na sexta. Carregadas a 30 %, como pede o transporte.
8.0 rui accepts
""",
)
