"""Long cases of the customers in Portugal, with suppliers in lanes of their own, and new ones."""

from portal.demo.telling import told

STORIES = told(
    "pt",
    """
# 173.1 jorge complaint MB-8 | Baterias MB-8 desligam a meio do furo
+ serial 2602-19
+ remedy replacement
Oito das vinte MB-8 desligam-se a meio do furo, com 40 % de carga. Ao fim de dez segundos voltam. Numa obra
com prazos não dá.

0.8 ines takes
1.0 ines says: Preciso de perceber se é a bateria ou a máquina. Trocando a bateria na mesma máquina, o
problema vai com a bateria?
3.0 jorge says: Vai com a bateria, sempre as mesmas oito. E a caixa dessas oito aquece mais junto ao fecho.
1.2 ines asks borealis tomas, as cells, facts product serial, 4d: MB-8, lot 2602-19: switch off at 40 % under
load / Eight of twenty packs of lot 2602-19 switch off under load at 40 % and come back after ten seconds.
What does the board cut at, and was it changed for this lot?
0.4 ines asks ferrum sofia, as latch, facts product serial, 6d: Contact carrier 9021-11 of lot 2602-19: warm
at the latch / Eight packs get warm beside the latch, where your contact carrier 9021-11 sits. Please check
the pressure of the springs of that lot, and the plating.
0.4 ines says, ours, 8d: Obrigada, é uma pista boa. Estou a investigar duas peças em paralelo e escrevo-lhe
até ao fim da próxima semana. Entretanto seguem oito emprestadas.
9.0 tomas reads
12.0 tomas says, in cells: The board is unchanged. In the log of a pack you sent in March the voltage drops
before the board, not behind it: we suspect a bad contact.
8.0 sofia says, in latch: The springs of tray 6 press with 3 N instead of 7. The contact burns a little each
time. 500 carriers are affected and we have 500 good ones ready.
1.0 ines releases, from The springs of tray 6, ours, 6d: Encontrámos a causa: umas molas de contacto
demasiado fracas, que aquecem e cortam a corrente. As células estão boas. Na próxima semana trocamos as oito
peças, sem custo; as emprestadas ficam até lá.
0.5 ines closes lane cells
0.5 ines says, in latch, ours: Please send us sixty of the good ones by express.
18.0 marko asks for work by service, for marko, 4d: Change eight contact carriers and load each pack for an
hour
20.0 marko finishes Change eight as done, en: All eight hold 40 A for an hour, latch at 34 °C.
1.0 ines closes lane latch
2.0 ines resolves: As oito estão a caminho, cada uma ensaiada uma hora em carga. As emprestadas podem voltar
na mesma caixa.
9.0 jorge accepts

# 133.2 marta complaint | Proposta nossa mostrada a um concorrente
+ remedy explanation
+ about_person yes
+ only managers
Um concorrente de Guimarães sabia, ao cêntimo, o preço que vocês nos fizeram. Só podia vir de dentro da vossa
casa. Não quero nomes em público, quero saber se é verdade.

0.2 ines takes
0.2 ines gives to sue
0.3 sue seals, en: A price of a customer is said to have been passed on by one of us. Few should read it.
0.5 sue says, ours, 6d: Obrigada por nos dizer. A partir de agora só lê isto quem tem mesmo de agir, e eu
trato pessoalmente. Escrevo-lhe dentro de uma semana.
0.6 sue lets in sal
0.3 sue asks for work by finance, for fin, 4d: Who opened the offer to the workshop in Braga, and when
9.0 fin finishes Who opened as done, en: Three people, all with a reason. It was printed once more, at our
stand of the fair in Porto.
4.0 sal notes, en: Our own folder with current offers lay open on the counter of the stand. I was there. It
is on me.
2.0 sue resolves: A verdade é simples e desagradável: a pasta das propostas esteve aberta em cima do balcão
da nossa banca na feira. Ninguém a passou; qualquer um a podia ler. O diretor de vendas liga-lhe hoje para
pedir desculpa, e papel em feiras acabou.
8.0 marta says: Ligou. Agradeço a verdade.
0.9 sue resolves: Obrigada pela confiança.
2.0 marta accepts

# 112.4 helena product_request MD-18H | 60 berbequins com gravação do logótipo
+ quantity 60
+ needed_by +30
+ preference gravação a laser, não autocolante
Sessenta MD-18H com o nosso logótipo gravado, para acabar com as trocas entre empreiteiros.

1.2 duarte takes
1.0 duarte asks ferrum sofia, facts product quantity, 4d, until 30d: Laser engraving on 60 housings / Could
you engrave a mark of 40 × 15 mm on 60 right halves of housing 7741 before they are mounted, and for what
price?
0.5 duarte says, ours, 6d: A máquina temos; a gravação estou a pedir a quem faz as caixas. Dou preço até
quinta.
10.0 sofia says, in ferrum: Yes, 2.40 each from 50 pieces, ten days. We need the drawing as a DXF.
0.8 duarte releases, from ten days, 5d: Dá: mais 2,90 € por máquina, dez dias. Envie-nos por favor o desenho
em DXF.
6.0 helena says: O DXF segue por correio eletrónico. Avançar.
1.0 duarte says, in ferrum, ours: Go ahead please, the drawing is in your mail.
70.0 duarte closes lane ferrum
1.0 duarte resolves: As sessenta gravadas saíram hoje.
12.0 helena says: Lindas! Já ninguém as confunde.
0.5 duarte resolves: Fico contente.
1.0 helena accepts

# 92.1 tiago support_request MX-150 | Pergunta repetida sobre inox escovado
Afinal há rolo para a MX-150? Perguntei no inverno e não encontro a resposta.

0.7 ines resolves duplicate: Está na sua pergunta de maio, ainda lá a pode ler: não há, precisa de lixadora
de rolo. Nada mudou desde então.
1.0 tiago accepts

# 62.4 helena service_wish | Máquinas de substituição em 24 horas
+ place Porto e Gaia
+ urgency now
Os vossos concorrentes prometem uma máquina de substituição em 24 horas. Sem isso o nosso diretor de produção
muda de marca em janeiro.

1.5 ines takes
2.0 ines gives to sue
3.0 sue says, ours, 12d: Levo isto muito a sério. Estou a ver o que custa ter dez máquinas guardadas no
Porto. Dou-lhe uma resposta clara, sim ou não.
8.0 sue asks for work by finance, for fin, 8d: What ten machines standing by in Porto cost a year
36.0 fin finishes What ten machines as done, en: 7,900 a year with the store. Two such customers pay for it.
4.0 sue asks for approval by sales, for sal, 5d: Ten machines standing by in Porto from January
12.0 sal finishes Ten machines as approved, en: Two more builders signed for it.
1.5 sue resolves: A resposta é sim. A partir de janeiro há dez máquinas no Porto; quem liga até às 15h tem
uma na obra na manhã seguinte. Sem custo no primeiro ano.
9.0 helena says: O diretor de produção ficou sem argumentos. Obrigada.
0.6 sue resolves: Essa é a melhor parte.
2.0 helena accepts

# 43.3 sandra invoice_question | Fatura eletrónica em formato estruturado
+ invoice todas
+ concern other
A partir de janeiro só aceitamos faturas em XML (CIUS-PT). Estão preparados?

3.0 fin takes
4.0 fin says: Ainda não em CIUS-PT, mas em UBL sim. O vosso programa lê UBL?
9.0 sandra says: O fornecedor do programa está a ver. Volto a dizer.

# 28.4 marta complaint MS-190 | Serra comprada em agosto já vai na terceira reparação
+ serial MS190-2611
+ remedy credit
+ amount 249.00
+ currency EUR
Três reparações em três meses. Não quero uma quarta, quero o meu dinheiro: 249,00 €.

0.9 ines takes
1.2 ines says, ours, 3d: Três vezes é demais e tem razão em não querer a quarta. Vou ver o que se fez em cada
uma e pedi às finanças que confirmem o valor.
4.0 fin finishes Check the amount as approved, en: Money back, three repairs are our limit.
2.0 ines resolves: Os 249,00 € foram devolvidos hoje. A serra vem para o nosso laboratório: a bobina do rotor
falhou três vezes no mesmo sítio. Se um dia quiser outra, o preço é o de revenda.
10.0 marta says: Já está na conta. Obrigada por não discutirem.
0.6 ines resolves: Não havia nada a discutir.

# 17.2 jorge complaint MR-40 | Ponteiros partem no encabadouro
+ serial lote P-2609
+ remedy replacement
Seis ponteiros SDS-max partiram no encabadouro numa semana, e um pedaço saltou a dois metros. Todos do lote
P-2609.

0.4 ines takes
0.5 ines says, 2d: Retire já todos os desse lote, por favor! Tem quantos ao todo?
1.5 jorge says: Trinta, já estão fechados à chave.
1.0 ines asks ferrum sofia, facts product serial, 2d, managers: SDS-max chisels, lot P-2609: break at the
shank / Six chisels broke at the shank within a week and a piece flew two metres. Please look at the
hardening of P-2609 today and tell us what else was in that furnace.
0.4 ines says, ours, 6d: Seguem hoje trinta de outro lote. A causa estou a esclarecer com o fabricante.
4.0 sofia reads
12.0 sofia says, in ferrum: The furnace ran 30 °C too hot for a night. 2,200 pieces of three lots, P-2607 to
P-2609. Please block all three; we fetch them.
1.0 ines releases, from The furnace ran, ours, 9d: O forno trabalhou demasiado quente uma noite. São três
lotes, P-2607, P-2608 e P-2609. Veja por favor se tem dos outros dois; recolhemos tudo.
1.0 marko asks for work by marketing, for mia, 2d: Safety notice for chisels P-2607 to P-2609, three
languages
1.0 ines says, in ferrum, 5d: Thank you. We need your statement for the safety notice: which batches, since
when, how many delivered.
18.0 jorge says: Encontrei mais onze do P-2607. Estão fechados com os outros.

# 9.4 helena complaint | Motorista ameaçou o porteiro do estaleiro
+ remedy explanation
+ about_person yes
+ only managers
O motorista de ontem disse ao porteiro que "da próxima passa-lhe por cima". Há vídeo. Não quero que volte a
entrar nas nossas obras.

0.4 sue takes
0.2 sue seals, en: About a named driver, with a video. Service only.
0.6 sue says, ours, 6d: Não volta a entrar, já está combinado com a transportadora. Posso ver o vídeo
consigo, por telefone, amanhã às 10h?
5.0 helena says: Pode. Às 10h estou sozinha no gabinete.
8.0 sue notes, en: Seen it. Clear. The carrier suspends him until they have talked to him.

# 6.1 sandra invoice_question | Juros de mora numa fatura paga a tempo
+ invoice 2026-4590
+ concern amount
+ amount 17.35
Cobram 17,35 € de juros na 2026-4590, paga no dia do vencimento. Segue o comprovativo se precisarem.

2.2 fin takes
3.0 fin says, ours, 4d: Vejo o pagamento com um dia de atraso do banco, não vosso. Estou a anular os juros.

# 2.2 tiago product_request DD-125 | Discos para pedra de Ançã
+ quantity 30
+ needed_by +8
O restauro de uma igreja pede cortes finos em pedra de Ançã. O DD-125 esboroa a aresta. Que disco?

1.2 duarte takes
1.0 duarte says: Um de banda contínua, 1,2 mm. Mando dois para provar na pedra, ou prefere já os trinta?

# 0.8 sandra invoice_question | Nota de crédito lançada a débito
+ invoice 2026-G-131
+ concern amount
+ amount 437.40
A nota de crédito 2026-G-131 aparece no extrato a somar em vez de a subtrair.

# 0.25 marta price_enquiry MC-160 | Agora sim: carotadora, compra
+ quantity 1
+ answer_by +10
No inverno aconselharam-me a não comprar. Passámos os quarenta furos. Que preço fazem, com duas coroas?

# 71.4 tiago support_request MB-5 | Bateria desliga logo a seguir a ligar
+ serial MB5-2607-402
Ligo o berbequim e a bateria desliga logo. Carregada a 100 %. Acontece com uma só.

1.5 mia hands over to service, en: "Logo" is Portuguese for "at once" and has nothing to do with ours. The
rule took it for the mark.
1.0 ines takes
0.5 ines says: Boa tarde. A sua mensagem deu uma volta pelo marketing, desculpe a demora. Essa bateria
apanhou água ou uma queda?
3.0 tiago says: Caiu do andaime na semana passada.
0.4 ines resolves: Então desligou para se proteger: há uma célula partida lá dentro. Não a carregue mais.
Segue outra, e deixe essa na rua até o estafeta a levar.
9.0 tiago accepts

# 55.4 jorge complaint MP-1200 | Misturador partido dois meses depois da garantia
+ serial MP12-1044
+ remedy repair
O veio partiu dois meses depois do fim da garantia. Acho que devia ser coberto.

1.0 ines takes
1.2 ines says: Compreendo a pergunta. Antes de decidir preciso de o ver; mande-o, o transporte é nosso.
20.0 ines resolves refused: Vimo-lo na bancada: o veio tem marcas de uma barra, foi usado como alavanca.
Assim não é garantia, nem com boa vontade. A reparação fica por 47,00 € em vez de 78,00 €, se quiser.
14.0 jorge says: Foi mesmo. Já sei quem. Reparem, por favor.
10.0 ines resolves: Reparado e a caminho.
3.0 jorge accepts

# 40.2 helena support_request | Visita ao armazém de Zagreb em novembro
Vamos à feira de Zagreb. Podemos visitar o vosso armazém, somos quatro?

1.3 ines takes
1.0 ines says: Com muito gosto! Quinta ou sexta, e há alguém que só fale português?
3.0 helena says: Infelizmente a viagem foi cancelada. Fica para a próxima.
2.0 ines closes: They are not coming, the trip was cancelled.
""",
)
