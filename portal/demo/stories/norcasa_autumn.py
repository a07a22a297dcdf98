"""The builder in Porto in summer and autumn: heat, dust, a recall of battery packs."""

from portal.demo.telling import told

STORIES = told(
    "pt",
    """
# 126.0 jorge support_request MB-5 | Recolha do lote 2605-11 das MB-5: o que fazemos às nossas?
+ serial 2605-11
Um alugador disse-nos que há uma recolha de baterias MB-5. Temos umas oitenta espalhadas por quatro obras.
Como sabemos quais são?

0.3 ines takes
0.4 ines says: É verdade, começou hoje de manhã: só o lote 2605-11, está gravado por baixo do número. Podem
continuar a usar todas as outras. Quantas deste lote encontram?
8.0 jorge says, with leituras.csv: Onze, em duas obras. Já estão fora de serviço, dentro de uma caixa
metálica.
0.6 ines says, ours, 3d: Perfeito. Seguem onze novas hoje e a caixa de transporte para as antigas na quinta.
Não as mandem por correio normal.
24.0 jorge says: As novas chegaram. A caixa também, já levaram as onze.
0.5 ines resolves: Obrigada pela rapidez. Confirmo a receção das onze, fica encerrado do vosso lado.
2.0 jorge accepts

# 122.3 helena price_enquiry MB-5 | Preço de 60 baterias com entrega faseada
+ quantity 60
+ answer_by +12
Com a recolha percebemos que precisamos de um parque maior. Preço para 60 MB-5, 20 por mês?

1.2 duarte takes
3.0 duarte resolves: 60 unidades a 84,00 €, 20 por mês, faturadas a cada entrega. Se a recolha vos fez perder
tempo, digam, quero ter isso em conta.
7.0 helena accepts

# 117.2 jorge complaint MX-150 | Pó da lixadora entra na casa do cliente
+ remedy explanation
Com o saco da MX-150 o pó sai por cima, junto ao interruptor. O cliente vive na casa e queixou-se à câmara.

0.9 ines takes
1.6 ines says: O saco não foi feito para estuque, entope em dez minutos e o pó procura saída. Têm aspirador
na obra?
4.0 jorge says: Temos o MV-30 mas a mangueira não encaixa.
0.8 ines resolves: Falta o adaptador 35/27, seguem quatro. Com o MV-30 ligado quase não há pó. Para a
reclamação na câmara, mando uma folha com as medições em obra.
11.0 jorge accepts

# 111.3 sandra invoice_question | Fatura em nome da empresa errada
+ invoice 2026-2350
+ concern other
A fatura 2026-2350 vem em nome do nosso consórcio de Gaia, mas a compra foi da empresa. O NIF tem de mudar.

3.2 fin takes
2.0 fin says: Posso anular e emitir de novo. Qual é o NIF correto, e a data pode ser a de hoje?
4.5 sandra says: 500 123 456, e a data de hoje serve.
1.0 fin resolves: Está feito: 2026-2398. A antiga foi anulada com nota de crédito.
3.0 sandra accepts

# 106.1 jorge support_request MR-26 | Martelos muito quentes no telhado
+ serial MR26-2601
Em cima do telhado, com 31 graus, um dos MR-26 aquece até não se lhe pegar. O outro, igual, não. Medi os
dois.

1.0 ines takes
1.2 ines says: Boa ideia medir! Pode mandar-me os valores?
1.5 jorge says, with leituras.csv: Aqui estão, de cinco em cinco minutos.
2.0 ines resolves: 71 °C é demais, o outro está certo. Ou a entrada de ar está tapada ou a ventoinha partiu.
Sopre por trás com ar comprimido; se continuar, mande-o.
7.0 jorge says: Era um ninho de vespas na entrada de ar. A sério.
0.4 ines resolves: Ganhou o prémio do ano aqui na oficina.
2.0 jorge accepts

# 99.4 helena support_request | Nível de ruído das máquinas para o plano de segurança
Para o plano de segurança e saúde preciso do ruído e da vibração do MR-26 e do MR-40.

1.3 ines takes
1.0 ines resolves, with vibration.txt: Em anexo as vibrações, com o tempo máximo de uso por dia. Ruído: 91 e
97 dB(A) na potência sonora. A folha está em inglês, como no ensaio; diga se precisa de tradução.
4.0 helena accepts

# 93.2 jorge product_request MT-216 | Mesa para a MT-216 que caiba no elevador
+ quantity 2
+ preference dobrável, menos de 1,10 m
Precisamos de duas mesas para a MT-216. A que têm no site não cabe no elevador de obra.

1.8 duarte takes
2.1 duarte says: Dobrada mede 1,24 m. Há uma da geração anterior com 1,05 m; tenho três no armazém, sem
rodas. Serve?
3.0 jorge says: Serve, rodas não fazem falta.
0.9 duarte resolves: Seguem as duas, a 95,00 € cada em vez de 139,00 €.
8.0 jorge accepts

# 84.4 sandra invoice_question | Retenção de garantia de 5 %
+ invoice 2026-2761
+ concern terms
O nosso diretor financeiro quer reter 5 % das faturas até ao fim da garantia, como fazemos com
subempreiteiros. Aceitam?

4.0 fin takes
6.0 fin resolves refused: Compreendo, mas isso é para obra, não para mercadoria: a nossa garantia é sobre a
máquina e está em vigor desde a entrega. Não podemos aceitar a retenção. Se houver um caso concreto em que se
sintam desprotegidos, digam.
20.0 sandra accepts

# 76.1 jorge complaint MC-6 | Duas estações de carga queimadas por trovoada
+ serial MC6-12110
+ remedy repair
A trovoada de sábado queimou duas MC-6 no contentor. A terceira, noutra tomada, está boa. Têm arranjo?

1.0 ines takes
1.1 ines says: Têm, quase sempre. Mandem as duas, orçamento em dois dias, e um disjuntor de sobretensão para
o contentor, por favor!
18.0 jorge says: Já seguiram as duas.
14.0 ines says: Estão cá. Numa é só o varistor, 28,00 €. Na outra a placa, 164,00 €. Reparamos as duas?
3.0 helena says: Só a primeira. A outra fica para peças.
10.0 ines resolves: A primeira já vai a caminho. Da segunda tirei-vos os seis fechos, vão na mesma caixa.
6.0 helena accepts

# 69.3 helena price_enquiry MD-18H | Programa de retoma de berbequins usados
+ quantity 40
+ answer_by +20
Temos quarenta MD-18H com quatro anos. Fazem retoma na compra de novos?

2.6 duarte takes
3.0 duarte hands over to marketing, en: Is there a trade-in this autumn? I would not like to invent one.
9.0 mia says, ours, 10d: Temos uma campanha em preparação para o fim do ano. Diga-me só: estão a funcionar, e
há baterias com eles?
4.0 helena says: Trinta e um funcionam. As baterias queremos ficar com elas.
30.0 mia resolves: Fica assim: 25,00 € por cada máquina completa, a funcionar ou não, abatidos na compra de
uma nova igual ou superior, até ao fim do ano.
5.0 helena accepts

# 61.2 jorge support_request MG-230 | Botão da MG-230 encravado em ligado
+ serial 26.0731
O botão ficou encravado em ligado, só parou quando puxámos a ficha. Ninguém se feriu.

0.2 ines takes
0.2 ines says: Não voltem a ligá-la. Cola de cimento na régua do interruptor?
0.9 jorge says: Sim, estava cheia de pó de argamassa.
0.3 marko asks for work by service, for marko, 20d: Dust lip for the switch of the MG-230
0.6 ines resolves: Está a caminho uma nova, e essa vem para cá. Vou levar isto ao desenvolvimento: um
interruptor destes não pode encravar com pó. Obrigada por relatar.
11.0 jorge accepts
60.0 marko finishes Dust lip as done, en: Lip of the MG-125 fits. In series from week 48.

# 53.1 sandra invoice_question | Diferença de 0,02 € no extrato
+ invoice 2026-3544
+ concern amount
+ amount 0.02
O vosso sistema manda-nos avisos por 0,02 €. É possível parar?

2.0 fin takes
0.4 fin resolves: Está perdoado e parado, com um pedido de desculpas pelos três avisos.
1.0 sandra accepts

# 44.0 jorge complaint MP-1200 | Varas do misturador torcem com argamassa autonivelante
+ remedy replacement
A vara do MP-1200 torce-se com autonivelante, já vamos na terceira. A anterior, da outra marca, durou dois
anos.

1.1 ines takes
1.3 ines says, ours, 9d: Para autonivelante a vara certa é a de disco, não a helicoidal que veio na caixa.
Mando duas de disco e quero ver uma das torcidas.
30.0 jorge says: Com as de disco não torce. A torcida foi na terça.
9.0 ines resolves: Vimo-la: material certo, uso errado, manual que não explica. Corrigimos o manual. As duas
ficam convosco.
3.0 jorge accepts

# 33.2 helena product_request MV-30 | Aspiradores para obra hospitalar, certificado H
+ quantity 4
+ needed_by +20
Na ala do hospital exigem aspiração classe H. O MV-30 é M. Têm H?

2.0 duarte takes
1.8 duarte resolves withdrawn: Não fabricamos classe H e não vou dizer que a M serve. Aluguem dois para esses
dois meses; quando a obra voltar à normal, cá estamos.
14.0 helena accepts

# 24.1 jorge support_request CH-13 | Mandril preso depois de broca partida
Partiu-se uma broca dentro do CH-13 e o mandril não abre nem com duas chaves.

1.0 ines takes
0.9 ines resolves: Bata de lado com um martelo de borracha enquanto roda devagar em sentido contrário. Não
aqueça! Se não abrir, mande só o mandril, é troca.

# 14.2 sandra invoice_question | Declaração de não dívida para concurso
+ concern other
+ invoice conta corrente
Precisamos de uma declaração de fornecedor em como não temos dívidas, para um concurso. É para segunda-feira.

0.8 fin takes
1.0 fin resolves: Segue assinada e carimbada, com data de hoje. O original vai por correio.
2.0 sandra accepts

# 8.2 helena complaint | Máquinas alugadas cobradas a dobrar em obra parada
+ remedy credit
+ amount 486.00
+ currency EUR
A obra esteve embargada dez dias. Avisámos por escrito e mesmo assim o aluguer das máquinas correu. Pedimos
crédito de 486,00 €.

1.0 ines takes
1.3 ines says, ours, 6d: Vi o vosso aviso, está cá com data. Pedi às finanças que confirmem os dias e dou-lhe
resposta esta semana.
6.0 fin finishes Check the amount as approved, en: Nine days, not ten: 437.40. The tenth was a Sunday and
free.
18.0 ines says, 6d: Boas notícias: creditamos nove dias, 437,40 €. O décimo era domingo e já não era cobrado.
Está bem assim?

# 3.3 jorge support_request MI-18 | Aparafusadora caiu de 12 metros
A MI-18 caiu do terceiro piso. Funciona, mas a cabeça abana. Ainda se pode usar?

0.7 ines takes
0.6 ines says, 3d: Não, por favor: se a cabeça abana, a caixa do redutor tem uma fissura. Mande-me uma
fotografia da junta e digo-lhe se vale a pena o arranjo.

# 1.6 helena price_enquiry MR-40 | Extensão de garantia para os 12 martelos
+ quantity 12
+ answer_by +8
Os 12 MR-40 fazem um ano em dezembro. Há extensão de garantia, e quanto custa por máquina?

# 0.4 jorge support_request MC-160 | Coluna da MC-160 não fica a 90 graus
A coluna abre uns dois graus para a frente e os furos saem tortos. Há afinação?
""",
)
