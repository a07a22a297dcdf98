"""What a builder in Porto asked in winter and spring: sites, invoices, and a stolen van."""

from portal.demo.telling import told

STORIES = told(
    "pt",
    """
# 241.3 helena price_enquiry MR-40 | Cotação para 12 martelos MR-40
+ quantity 12
+ answer_by +10
+ compared_with duas outras marcas
Vamos renovar os martelos combinados das três equipas. Preço para 12 MR-40 com mala e dois ponteiros cada,
entrega no estaleiro da Maia.

1.5 duarte takes
2.0 duarte asks for approval by finance, for fin, 2d: 12 MR-40 at 14 % below list for a new customer in
Portugal
7.0 fin finishes 12 MR-40 as approved, en: Prepayment of a third for the first order.
1.0 duarte resolves: 12 MR-40 com mala e dois ponteiros: 642,00 € por unidade, entregues na Maia. Na primeira
encomenda pedimos um terço adiantado. A cotação vale até ao fim do mês.
11.0 helena accepts

# 236.0 helena product_request MR-40 | Encomenda dos 12 MR-40
+ quantity 12
+ needed_by +15
Confirmamos a cotação. Nota de encomenda 26/0031 segue por correio. Por favor entregar com aviso, o guarda do
estaleiro só está até às 17h.

1.0 duarte takes
1.5 duarte says, ours, 8d: Obrigado pela confiança. O adiantamento já entrou. A entrega fica para quinta da
próxima semana, entre as 14h e as 16h.
40.0 helena says: Recebidos, 12 malas, tudo certo com a guia.
1.0 duarte resolves: Bom trabalho com eles!
5.0 helena accepts

# 231.2 jorge support_request MR-40 | MR-40: com que massa se lubrifica o encabadouro?
Os meus homens usam massa de rolamentos porque é a que há na obra. Faz mal?

1.0 ines takes
0.8 ines resolves: Faz: derrete e entra no mecanismo de batimento. Só a massa SDS, um pouco em cada troca de
ponteiro. Mando seis bisnagas, uma por equipa e três de reserva.
3.0 jorge accepts

# 226.3 sandra invoice_question | Adiantamento não foi descontado na fatura
+ invoice 2026-0301
+ concern amount
+ amount 2568.00
Pagámos 2.568,00 € de adiantamento pelos martelos. A fatura final 2026-0301 vem pelo total, sem desconto.

1.8 fin takes
2.6 fin resolves: Faltou a fatura de adiantamento no fecho, a culpa é minha. A 2026-0301 foi anulada e segue
a 2026-0318 com os 2.568,00 € deduzidos.
6.0 sandra accepts

# 219.4 jorge complaint MR-40 | Martelo novo deixou de bater ao segundo dia
+ serial MR40-2604
+ remedy replacement
Um dos 12 MR-40 roda mas não bate. Foi entregue há dois dias, está praticamente por estrear.

0.6 ines takes
0.7 ines says: Antes de o mandar buscar: o seletor está no símbolo do martelo com broca, e não só na broca? E
bate se encostar com força?
1.2 jorge says: Seletor certo. Com força bate uma vez e para.
0.5 ines resolves: É o anel de vedação do êmbolo, montado seco. Troco a máquina: sai hoje outra e o estafeta
leva essa. O prazo de garantia começa de novo com a nova.
13.0 jorge accepts

# 212.1 helena support_request | Quem assina a folha de presença da formação de junho?
Na formação em junho vão 14 dos nossos. O nosso departamento de segurança quer saber quem é o formador e se a
folha serve para a ACT.

2.5 ines takes
3.0 ines resolves: O formador é o nosso chefe de oficina, com certificado de 2024 que anexamos ao dossier. A
folha segue o modelo da ACT, com horas, conteúdos e assinatura.
9.0 helena accepts

# 206.2 jorge support_request ML-360 | Laser ML-360 não se vê ao sol
Na fachada sul não vemos a linha a mais de três metros. Há recetor para este laser?

1.1 ines takes
1.4 ines resolves: Há, o recetor LR-2, até 50 m ao sol, 89,00 € com suporte para a mira. Só funciona com o
laser em modo pulsado: segurar o botão três segundos. Se quiser, o meu colega das vendas reserva um.

# 201.3 helena complaint | Prazo de reparação de seis semanas
+ remedy explanation
Temos dois MC-160 na vossa oficina há seis semanas. Disseram duas. Cada semana de aluguer custa-nos 340 €.

0.9 sue gives to ines
1.4 ines says, 2d: Lamento muito. Faltava um jogo de engrenagens que o fabricante só entregou ontem. Os dois
ficam prontos na terça. Quer que os mande para a Maia ou diretamente para a obra?
2.0 helena says: Para a obra de Gaia, por favor. E continuo à espera da explicação para as quatro semanas sem
notícias.
2.5 sue notes, en: Nobody called them in four weeks because the repair list has no date for "waiting for
parts". It has one now.
1.0 ines resolves: A explicação honesta: a nossa lista não tinha data para o que espera peças, por isso
ninguém deu pela falta. Desde ontem tem. As duas reparações ficam sem custo.
6.0 helena accepts

# 194.0 sandra invoice_question | IBAN novo? Recebemos um e-mail estranho
+ invoice 2026-0744
+ concern other
Recebemos um e-mail em vosso nome a dizer que o IBAN mudou para um banco na Lituânia. Antes de pagar a
2026-0744 queria confirmar.

0.3 fin takes
0.2 fin says: Não paguem! Não mudámos de banco, isso é fraude. Pode reenviar-me esse e-mail com os
cabeçalhos?
1.0 sandra says: Segue em anexo para o vosso endereço de segurança. Ainda bem que perguntei.
0.6 fin notes, en: Third customer this week. IT has blocked the domain, sales writes to all customers in
Portugal.
1.0 fin resolves: Muito obrigado. O nosso IBAN está impresso em todas as faturas e nunca o mudamos por
e-mail. Avisámos a polícia e todos os clientes.
2.0 sandra accepts

# 187.4 jorge support_request MP-1200 | Misturador MP-1200 dispara o quadro da obra
O misturador dispara o diferencial do quadro sempre que arranca. Com gerador trabalha bem. Os eletricistas
dizem que é da máquina.

1.4 ines takes
1.3 ines says: Pode ser humidade no motor. Deixe-o um dia ao sol com a tampa aberta e meça, se houver quem, o
isolamento. Que diferencial é, 30 mA tipo A ou AC?
5.0 jorge says: Tipo AC, 30 mA. Ao sol não mudou nada.
1.1 ines resolves: Então é o diferencial: o arranque eletrónico pede tipo A, está na página 4 do manual.
Mostre isto ao eletricista. Se com tipo A também disparar, venha para cá.
9.0 jorge says: Com tipo A não dispara. Vou emoldurar a vossa resposta para o eletricista.
0.5 ines resolves: Assino por baixo.
1.0 jorge accepts

# 180.2 jorge complaint | Carrinha roubada com nove máquinas: números de série
+ remedy explanation
Roubaram-nos a carrinha em Matosinhos com nove máquinas vossas. A polícia quer os números de série até amanhã
e nós só temos as faturas.

0.3 ines takes
1.2 ines says, with declaracao-ce.txt: Lamento! Das faturas tiro os nove números e mando-os dentro de uma
hora. Marco-os também como roubados: se alguma aparecer numa oficina nossa, avisamos a polícia e a si.
0.9 ines resolves: Aqui vão: MR40-2596, MR40-2598, MR40-2601, MG125-11870, MG125-11871, MD18-40933 a 40935 e
MC4-2560. Boa sorte.
90.0 marko notes, en: MR40-2598 turned up at a repair shop in Vigo. Police informed, Inês calls the site
manager.

# 172.1 helena service_wish | Máquinas com localizador GPS
+ place Porto
+ urgency often
Depois do roubo da carrinha, a seguradora pergunta se há máquinas com localizador. Vocês têm, ou pensam ter?

3.0 ines takes
2.0 ines hands over to marketing, en: A wish for the range: trackers in machines. Insurers ask for it in
Portugal.
10.0 mia says, ours, 20d: Boa tarde. Estamos a testar uma etiqueta que se cola dentro da tampa da bateria e
se vê no telemóvel. Gostava de a incluir no teste, com dez máquinas. Posso voltar a falar convosco daqui a um
mês?
8.0 helena says: Conte connosco.
60.0 mia resolves: O teste começa na segunda-feira: seguem dez etiquetas com instruções. Daqui a três meses
pergunto-vos o que acharam.
10.0 helena accepts

# 165.3 sandra invoice_question | Cópia da guia 76311 para a auditoria
+ invoice 2026-0988
+ concern copy
O auditor pede a guia de remessa 76311 assinada. Só temos a fatura.

1.0 fin takes
1.5 fin resolves, with guia.jpg: Segue a guia assinada pelo vosso encarregado.
2.0 sandra accepts

# 159.0 jorge product_request MV-30 | Dez filtros para MV-30, urgente
+ quantity 10
+ needed_by +3
Inspeção na quinta-feira e os filtros dos cinco aspiradores estão vencidos. Precisamos de dez até quarta.

0.5 duarte takes
0.6 duarte resolves: Saem hoje às 17h por expresso, na obra na quarta antes do meio-dia.
14.0 jorge says: Chegaram às 10h. A inspeção correu bem.
0.5 duarte resolves: Ótimo. Da próxima vez lembro-vos um mês antes de vencerem, se quiserem.
4.0 jorge accepts

# 152.3 helena support_request | Manual da MC-160 em português
A equipa nova só lê português e o manual que veio na caixa é em alemão e croata.

1.2 ines takes
0.9 ines resolves: Segue o manual em português em PDF, e dez exemplares impressos por correio. A caixa devia
trazê-lo, já avisei a expedição.
5.0 helena accepts

# 145.2 sandra invoice_question | Nota de débito sem explicação
+ invoice 2026-1411
+ concern amount
+ amount 56.00
Recebemos uma nota de débito de 56,00 € "despesas diversas". De que se trata?

2.5 fin takes
3.0 fin says: São dois dias de aluguer da carotadora de demonstração, além do combinado. Devia estar escrito.
Concordam?
6.0 sandra says: O nosso encarregado diz que a entregou no dia certo e que o vosso motorista é que só veio
dois dias depois.
2.0 fin resolves: Confirmei com o motorista: é verdade. A nota de débito está anulada, peço desculpa.
5.0 sandra accepts

# 138.1 jorge support_request MD-18H | Berbequim: autonomia no inverno vs. verão
No inverno uma MB-5 dava para o dia todo, agora, com calor, dá para meio. É possível ser ao contrário do que
se diz?

1.4 ines takes
1.0 ines says: Em princípio é ao contrário, sim. O que mudou no trabalho? Betão novo é mais macio do que
betão de trinta anos.
7.0 jorge says: Agora estamos a furar um prédio dos anos 60. Então é isso.
0.6 ines resolves: É isso. Com MB-8 volta a dar para o dia, ou mude para o MR-26, que fura o mesmo com metade
da energia.
3.0 jorge accepts

# 130.4 helena complaint MC-160 | Coroa de 160 mm gasta ao fim de oito furos
+ remedy credit
+ amount 185.00
+ currency EUR
A coroa que veio com a máquina estava gasta ao oitavo furo. Costumamos fazer quarenta. Pedimos crédito de
185,00 €.

0.8 ines takes
1.5 ines says: Em que material furaram, e com que caudal de água?
2.2 jorge says: Betão com muito ferro, varão de 20. Água da rede, aberta a meio.
1.8 marko notes, en: A crown for abrasive concrete in hard, reinforced concrete: it glazes. Wrong crown,
chosen by us in the offer.
3.0 fin finishes Check the amount as approved, en: Our offer named the wrong crown.
0.6 ines resolves: A coroa é para betão abrasivo e o vosso é duro e armado: vidra em poucos furos. Fomos nós
que a propusemos, por isso os 185,00 € são creditados e segue uma coroa para betão armado.
5.0 helena accepts
""",
)
