"""The metalworker in Braga in summer and autumn: orders, heat, and a saw that throws its blade."""

from portal.demo.telling import told

STORIES = told(
    "pt",
    """
# 127.2 marta product_request MB-5 | Seis baterias MB-5 para a obra do hospital
+ quantity 6
+ needed_by +6
Precisamos de seis MB-5 até sexta, começamos a montar gradeamentos no hospital na segunda.

0.6 duarte takes
0.5 duarte resolves: Temos em Zagreb. Saem hoje por expresso, chegam na quinta.
14.0 marta reopens: É quinta à tarde e não chegou nada. O rastreio diz "em trânsito" desde terça.
0.7 duarte says, ours, 1d: Já liguei. A caixa está em Madrid, perderam a ligação de ontem à noite. Vem amanhã
antes das 10h, com motorista próprio, a conta é nossa.
7.5 marta says: Chegou às 9h20. Foi à justa, mas chegou.
0.8 duarte resolves: Ainda bem. Os portes já não aparecem na fatura.
2.0 marta accepts

# 121.0 tiago complaint MS-165 | Serra MS-165 soltou o disco a trabalhar
+ serial MS165-2604
+ remedy explanation
A MS-165 soltou o disco a meio de um corte, ficou dentro da guarda, ninguém se magoou. O parafuso estava
apertado de manhã, fui eu que o apertei. Quero saber porquê antes de alguém lhe voltar a pegar.

0.3 ines takes
0.4 ines says, 2d: Ainda bem que ninguém se magoou. Não a usem. Mande-me, por favor, uma fotografia da flange
e do parafuso, dos dois lados. O estafeta vai buscar a máquina amanhã.
1.5 tiago says, with flange.jpg: Aqui está. A flange parece gasta num lado só.
0.9 ines asks ferrum sofia, as flange, facts product serial, with flange.jpg, 3d: Outer flange 5131 of the
MS-165: worn on one side after two months / A saw lost its blade during a cut; the guard held it. The outer
flange, your article 5131, is worn on one side only after two months, see the photo. Please check the
flatness and the hardness of the lot delivered for 2604 and tell us whether we have to warn other users.
0.5 ines says, ours, 6d: Obrigada pela fotografia. Mandei examinar a peça e tem a minha resposta por escrito
ainda esta semana.
5.0 sofia reads
14.0 sofia says, in flange: We measured the 40 pieces we keep. Two of them are 0.15 mm out of flat, from the
last hour of a tool. That cannot open a screw by itself, but together with a washer put in the wrong way
round it can. From today every flange is measured.
2.5 marko notes, en: Machine is here. The washer was indeed the wrong way round; it can be put in both ways,
which is our drawing, not their fault.
1.0 ines releases, from That cannot open a screw by itself, 3d: Duas coisas se juntaram. A flange tinha uma
pequena falta de planeza, e a anilha estava montada ao contrário, o que o desenho infelizmente permite. Vamos
mudar a anilha para que só entre de um lado. Envio já anilhas novas para todas as vossas serras.
1.0 ines closes lane flange
1.0 marko asks for work by service, for marko, 15d: Washer of the MS-165 that fits one way only
9.0 tiago says: Chegaram e já estão montadas. Sinceramente, pensava que iam dizer que a culpa era minha.
3.0 marko finishes Washer of the MS-165 as done, en: Drawing changed, first hundred ordered.
1.0 ines resolves: A culpa foi do desenho. Obrigada por ter parado e perguntado.
2.0 tiago accepts

# 116.3 marta support_request | Declaração de conformidade para um concurso da câmara
Para um concurso da câmara municipal pedem-nos as declarações CE das máquinas que usamos: MG-125, MG-230,
MR-26 e MD-18. É para entregar até dia 12.

1.1 ines takes
1.5 ines resolves, with declaracao-ce.txt: Aqui estão as quatro numa só folha, com os números de série que
temos em vosso nome. Se o júri quiser as originais assinadas, mando por correio.
9.0 marta says: Aceitaram assim. Ficámos em segundo, paciência!
0.8 ines resolves: Fica para o próximo. Boa sorte!

# 109.1 tiago support_request MB-5 | Baterias ao sol dentro da carrinha
A carrinha fica ao sol e lá dentro passam dos 50 graus. As MB-5 sofrem com isso?

0.9 ines takes
0.8 ines resolves: Sofrem: acima de 45 °C a bateria não carrega e envelhece depressa. Um dia não faz mal, um
verão inteiro tira um terço da capacidade. Uma caixa térmica de praia, sem gelo, chega perfeitamente.
3.0 tiago accepts

# 103.4 marta invoice_question | Nota de crédito em falta da devolução de junho
+ invoice 2026-2207
+ concern amount
+ amount 93.00
Devolvemos três jogos de brocas em junho e a nota de crédito não chegou. São 93,00 €.

3.5 fin takes
11.0 fin says: Não encontro a entrada da devolução no armazém. Tem o número da guia de transporte?
4.0 marta says, with guia.jpg: Guia GT 2026/118, carimbada pelo vosso motorista.
6.0 fin notes, en: The parcel lay in the returns cage without a paper. Booked.
1.0 fin resolves: Estava na nossa gaiola de devoluções sem papel, erro nosso. A nota de crédito 2026-G-097
segue hoje.
8.0 marta accepts

# 96.2 tiago product_request MJ-140 | Lâminas de recortes para chapa inox
+ quantity 100
Que lâminas para a MJ-140 cortam inox de 2 mm sem azular? Precisamos de umas cem.

1.6 duarte takes
2.0 duarte says: Bimetal de 24 dentes, velocidade 1 e óleo de corte. Temos caixas de 25 a 22,50 €. Mando duas
primeiro para experimentarem?
3.0 tiago says: Sim, duas primeiro.
1.0 duarte resolves: Seguem amanhã, oferta. Diga-me depois quantas caixas quer.
30.0 tiago reopens: Cortam bem. Quatro caixas, por favor.
1.5 duarte resolves: Quatro caixas a caminho. Obrigado!
6.0 tiago accepts

# 88.3 marta price_enquiry | Contrato de manutenção anual para 22 máquinas
+ quantity 22
+ answer_by +15
Quanto custaria um contrato anual de manutenção para as nossas 22 máquinas? A seguradora faz-nos desconto se
houver revisão comprovada.

2.4 duarte takes
3.0 duarte hands over to service, en: A maintenance contract for a customer in Portugal: we have no such
thing in the price list. A question of service.
4.0 ines takes
3.0 ines says, ours, 10d: Não temos ainda um contrato assim em Portugal, mas a ideia da seguradora é nova
para mim. Deixe-me fazer as contas com a oficina.
44.0 ines resolves: Fizemos as contas: 34,00 € por máquina e ano, com revisão, escovas e certificado, e
recolha incluída em agosto, quando fecham. Para 22 máquinas são 748,00 €. Se disser que sim, escrevo o
contrato.
5.0 marta says: É menos do que o desconto da seguradora. Sim!
3.0 ines says, ours, 5d: Ótimo. O contrato segue esta semana em dois exemplares.
22.0 ines resolves: Está assinado dos dois lados. A primeira revisão fica para agosto.
3.0 marta accepts

# 79.0 marta support_request | Fecho para férias: não entregar entre 10 e 28
Estamos fechados de 10 a 28 de agosto. Há alguma entrega prevista?

1.0 ines gives to ines
0.5 ines resolves: Havia uma para dia 13. Passei-a para 31. Boas férias!
0.8 marta accepts

# 66.2 tiago complaint MG-125 | Punho da MG-125 parte sempre no mesmo sítio
+ serial MG125-2607
+ remedy replacement
É o quarto punho lateral que parte na rosca desde julho. Os antigos, sem a faixa cinzenta, nunca partiram.

1.2 ines takes
1.4 ines says: Parece que a faixa cinzenta é a diferença. Guardou os partidos? Precisava de pelo menos dois.
2.0 tiago says, with punhos.jpg: Guardei os quatro.
1.1 ines asks ferrum sofia, facts product serial, with punhos.jpg, 5d: Side handle with the grey band: breaks
at the thread / Four side handles with the grey band broke at the thread insert within three months, the
older ones without the band never did. Did the overmoulding change the way the insert is held?
0.5 ines says, ours, 8d: Obrigada. Seguem oito punhos antigos, sem faixa, que ainda temos. O resto estou a
averiguar.
16.0 sofia reads
15.0 sofia says, in ferrum: Yes. To make room for the soft band the insert was shortened by 3 mm, from a
drawing of yours, revision C. We would recommend going back to B. We have 500 handles after B in stock.
3.0 ines notes, en: Revision C is signed by us. Marko takes it back to B. No claim against them.
1.0 ines closes lane ferrum
2.0 ines resolves: A rosca ficou mais curta quando se acrescentou a faixa, por decisão nossa. Voltamos ao
punho antigo em toda a produção. Os oito que tem ficam convosco, sem custo.
7.0 tiago accepts

# 58.3 marta price_enquiry MT-216 | Serra de esquadria para alumínio, vale a pena a MT-216?
+ quantity 1
Precisamos de uma serra de esquadria para caixilharia. A MT-216 serve para alumínio todos os dias ou é
máquina de carpinteiro?

1.8 duarte takes
2.0 duarte resolves: Serve com disco de alumínio até uns 50 cortes por dia. Para caixilharia em série não a
aconselho, o motor não foi feito para isso e dentro de um ano está cá na oficina. 342,00 € se for para uso
leve.
4.0 marta accepts

# 47.2 tiago support_request MV-30 | Aspirador MV-30 apita e pisca vermelho
O MV-30 apita de dez em dez segundos e a luz fica vermelha, mesmo com saco novo.

0.9 ines takes
1.0 ines says: É o aviso de caudal baixo. Com saco novo costuma ser a mangueira: tire-a e tape a entrada com
a mão. Deixa de apitar?
5.0 tiago says: Deixa, mas volta quando ponho a mangueira.
0.6 ines resolves: Então há qualquer coisa entalada no cotovelo. Passe um cabo de eletricista.
1.5 tiago says: Era uma luva inteira. Obrigado!
0.3 ines resolves: A luva é vossa, não a quero de volta.
2.0 tiago accepts

# 36.4 marta service_wish | Formação curta para soldadores sobre rebarbadoras
+ place Braga
+ urgency nice
A lei obriga a formação anual em segurança com rebarbadoras. Fazem isso na oficina do cliente? Somos nove.

4.0 ines takes
5.0 ines says, ours, 10d: Ainda não, mas conheço quem possa. Digo-lhe dentro de duas semanas.
60.0 ines says: Consigo eu própria em fevereiro, quando vou a Portugal: três horas, nove pessoas, com folha
de presença para a inspeção. Prefere dia 11 ou dia 12?
4.0 marta says: Dia 12, de manhã.
1.0 ines says, ours, 40d: Fica marcado: dia 12 de fevereiro, às 9h, na vossa oficina. Lembro-a uma semana
antes.

# 27.1 tiago support_request MR-26 | Martelo MR-26 perde massa lubrificante pelo mandril
+ serial MR26-2601
Ao fim de meia hora o MR-26 deita massa pelo mandril e suja a parede do cliente.

1.0 ines takes
1.2 ines says: É o retentor da frente. Se não for muito, limpe e ponha só 5 g da massa original; acima disso
sai sempre. Quanto pôs da última vez?
3.0 tiago says: Meio tubo…
0.4 ines resolves: Está explicado! Abra a tampa, tire o excesso e deixe trabalhar em vazio virado para baixo.
O retentor está bom.

# 19.0 marta invoice_question | Portes cobrados numa encomenda acima de 300 €
+ invoice 2026-4688
+ concern amount
+ amount 14.90
Acima de 300 € os portes são grátis, está no vosso site. A fatura 2026-4688 é de 361 € e traz 14,90 € de
portes.

2.9 fin takes
4.0 fin resolves: É verdade, a encomenda foi dividida em duas e o programa contou cada metade. Crédito de
14,90 € na próxima fatura.
6.0 marta accepts

# 9.3 marta product_request MG-125 | Três MG-125 com patilha de homem-morto
+ quantity 3
+ needed_by +14
+ preference patilha em vez de interruptor deslizante
Um cliente da indústria só nos deixa entrar com rebarbadoras de patilha. Têm a MG-125 nessa versão?

1.2 duarte takes
2.0 duarte says: Temos, é a mesma máquina com outro punho traseiro, mais 9,00 € cada. Das três, alguma com
cabo de 4 m?
6.5 marta says: Todas com 4 m, se houver.
2.5 duarte says, ours, 4d: Com 4 m tenho duas; a terceira entra no armazém na semana que vem. Confirmo o dia
assim que chegar.

# 4.1 tiago support_request MC-6 | A estação MC-6 não reconhece as MB-2 antigas
+ serial MC6-11990
Comprámos uma MC-6 em segunda mão. Carrega as MB-5 mas não liga às MB-2 de 2019. É normal?

1.5 ines takes
1.1 ines says, 4d: As MB-2 anteriores a 2020 não têm o terceiro contacto, e a MC-6 precisa dele. Veja ao lado
do fecho: há dois ou três contactos dourados?

# 1.3 marta complaint | Visita técnica marcada e ninguém apareceu
+ remedy explanation
+ amount 120.00
+ currency EUR
Tínhamos visita técnica marcada para ontem às 9h. Parei dois homens a manhã inteira e não apareceu ninguém,
nem um telefonema. São 120 € de mão de obra parada.
""",
)
