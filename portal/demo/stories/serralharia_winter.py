"""What a metalworker in Braga needed in winter and spring: grinders, mostly."""

from portal.demo.telling import told

STORIES = told(
    "pt",
    """
# 243.2 marta price_enquiry MG-230 | Preço para quatro MG-230 com disco de corte
+ quantity 4
+ compared_with a marca que usamos há dez anos
Bom dia. Somos uma serralharia de nove pessoas em Braga e estamos a pensar mudar de marca. Qual é o preço de
quatro rebarbadoras MG-230, e os discos vão incluídos?

1.4 duarte takes
2.1 duarte says: Bom dia, e obrigado por nos procurarem. O preço de tabela é 199,00 € por máquina. Para
quatro faço 174,00 €, sem discos. Precisam também do punho antivibração? É o mais vendido nas serralharias.
6.0 marta says: Dois punhos chegam. Pode enviar proposta em papel timbrado? O nosso contabilista gosta.
1.5 duarte resolves: Segue por correio hoje, com dois punhos incluídos no preço. A proposta vale trinta dias.
4.0 marta accepts

# 238.5 marta product_request MG-230 | Encomenda de quatro MG-230 conforme proposta
+ quantity 4
+ needed_by +12
Aceitamos a proposta. Quatro MG-230 e dois punhos, entrega na oficina entre as 8h e as 12h, à tarde estamos
nas obras.

0.9 duarte takes
1.2 duarte resolves: Muito obrigado. Saem amanhã de Zagreb e chegam na quinta-feira de manhã; a
transportadora telefona meia hora antes.
20.0 marta accepts

# 229.1 tiago support_request MG-230 | Rebarbadora MG-230 faz muita faísca nas escovas
+ serial 26.0188
A segunda das quatro máquinas novas faz muita faísca na zona do coletor, azulada, sobretudo ao arrancar. As
outras três não. É da rodagem?

0.8 ines takes
1.1 ines says: Bom dia. Nas primeiras duas horas é normal ver alguma faísca enquanto as escovas assentam.
Quantas horas tem a máquina, mais ou menos? E a faísca dá a volta ao coletor ou fica num ponto só?
3.2 tiago says: Umas seis horas. Dá a volta toda.
0.9 ines resolves: Então já não é rodagem, é uma lâmina do coletor. Não a abram, trocamos por uma nova em
garantia. Chega na terça e o estafeta leva a antiga na mesma caixa.
19.0 tiago accepts

# 224.0 marta invoice_question | IVA cobrado numa fatura intracomunitária
+ invoice 2026-0212
+ concern amount
+ amount 174.00
A fatura 2026-0212 vem com 25 % de IVA croata. Somos uma empresa portuguesa com NIF válido no VIES, devia ser
isenta com autoliquidação. São 174,00 € a mais.

2.0 fin takes
3.4 fin says, ours: Tem toda a razão. O vosso número ainda não estava validado quando a fatura saiu. Estou a
anular e a emitir de novo.
5.0 fin resolves: Segue a nota de crédito 2026-G-014 e a fatura nova 2026-0249 sem IVA. O valor a pagar é só
o desta última.
7.0 marta accepts

# 217.3 tiago support_request MV-30 | Que saco leva o aspirador MV-30 para pó de aço?
Estamos a usar o MV-30 na bancada de rebarbar. O saco de papel fura em dois dias com as aparas. Há outro?

1.9 ines takes
1.3 ines resolves: Há: o saco de polietileno com descarga, referência MV30-PE, aguenta aparas. Atenção a uma
coisa: nunca aspirem faíscas diretamente, ponham um separador antes. Mando um pacote de cinco como amostra e
a folha do separador.
12.0 tiago accepts

# 209.4 marta complaint DD-125 | Discos empenados numa caixa de vinte
+ serial DD125-2548
+ remedy replacement
Numa caixa de vinte discos, sete vêm empenados, vê-se a olho nu em cima da bancada. Não os montámos, não vou
arriscar os dedos de ninguém.

0.7 ines takes
0.9 ines says: Fizeram muito bem em não montar. Pode mandar-me uma fotografia da etiqueta da caixa, com o
lote e a data?
2.4 marta says, with discos.jpg: Aqui vai, com um disco em cima do esquadro.
1.6 ines asks ferrum sofia, facts product serial, 4d: Steel cores of DD-125, lot 2548: seven of twenty warped
/ Seven of twenty discs of lot 2548 are warped by more than a millimetre at the rim. None was mounted. Were
the cores flattened after hardening in that week, and how many of them did you deliver?
0.4 ines says, ours, 6d: Obrigada, vê-se bem. Já está uma caixa nova a caminho, de outro lote. Entretanto
pergunto ao fabricante o que se passou.
11.0 sofia reads
9.0 sofia says, in ferrum: The flattening press stood still on two afternoons and 600 cores went through
without it. All of lot 2548. Please send nothing back, scrap what you find; we credit the lot.
2.0 ines releases, from The flattening press, 2d: Ficou esclarecido: durante duas tardes uma prensa esteve
parada e parte deste lote não foi endireitada. Deitem fora os vinte, mesmo os que parecem bons. Os novos são
de outro lote e foram medidos um a um.
1.0 ines closes lane ferrum
8.0 ines resolves: Junto dez discos a mais pelo incómodo. Obrigada por ter avisado antes de alguém se magoar.
3.0 marta accepts

# 203.2 tiago support_request MS-190 | Serra MS-190 para alumínio: que rotação?
Queremos cortar perfil de alumínio com a MS-190. A máquina não tem variador. Dá com um disco próprio ou
estraga-se?

1.2 ines takes
2.2 ines resolves: Dá, com um disco de 190 mm de dente trapezoidal negativo, no mínimo 60 dentes, e um pouco
de cera. Sem variador evitem perfis de parede com menos de 2 mm, prendem. Nunca com o disco de madeira que
veio com ela.

# 197.0 marta service_wish | Recolha mensal de ferramenta para afiar e reparar
+ place Braga
+ urgency nice
Todos os meses juntamos três ou quatro máquinas com problemas pequenos: cabo, interruptor, escovas. Para nós
ir aos correios com cada uma é meia manhã. Não podiam passar uma vez por mês, num dia certo?

3.1 ines takes
6.0 ines says: Gostava muito. Para o pôr à direção, preciso de saber: quantas máquinas por mês em média, e
aceitavam partilhar o dia com outras oficinas da zona, sem hora marcada?
4.0 marta says: Três a cinco. O dia tanto nos faz, desde que seja sempre o mesmo.
28.0 ines resolves refused: Levei o assunto à direção com os pedidos de mais duas empresas do Minho. Para já
não: uma volta assim só compensa com dez clientes. O que posso dar já é uma etiqueta de recolha gratuita por
mês, basta pedir aqui. Fica registado, e se formos dez aviso-a.
6.0 marta accepts

# 191.5 tiago complaint MC-4 | Carregador aquece até cheirar a plástico
+ serial MC4-2551
+ remedy replacement
Um dos carregadores MC-4 aquece tanto que cheira a plástico. Desliguei-o da tomada e está na rua. Podemos
usar os outros dois da mesma caixa?

0.4 ines takes
0.5 ines says, 2d: Fez muito bem. Não use os outros dois até me responder a isto: que letra está depois do
número de série, A ou B?
1.0 tiago says: Todos B.
1.4 ines says, ours: Os B têm outra ventoinha e não conhecemos nenhum caso. Mesmo assim troco os três,
prefiro ter estes na nossa bancada. Saem hoje.
26.0 marko notes, en: Opened it: a metal chip from grinding sat across the fan. No fault of the charger. The
workshop should not charge beside the bench.
2.0 ines resolves: Abrimos o carregador: tinha uma apara de aço na ventoinha. Não é defeito, mas os três
novos ficam convosco. O conselho é carregar longe da bancada de rebarbar, ou com uma tampa por cima; mando
duas.
5.0 tiago accepts

# 186.1 marta invoice_question | Segunda via da fatura de janeiro
+ invoice 2026-0249
+ concern copy
O nosso contabilista perdeu a fatura 2026-0249 e jura que nunca a recebeu. Pode mandar outra vez?

1.2 fin takes
0.6 fin resolves: Claro. Segue de novo para o endereço da contabilidade.
2.0 marta accepts

# 181.3 tiago product_request BS-25 | Pontas TX30 avulsas
+ quantity 50
Vendem só as TX30? Nos conjuntos BS-25 é sempre essa que acaba e ficamos com 24 pontas que ninguém usa.

1.0 duarte takes
1.8 duarte resolves: Vendemos, em tubos de dez: 50 são cinco tubos, 6,20 € cada. Já seguem com a próxima
encomenda, para não pagarem portes.
3.0 tiago accepts

# 174.4 marta price_enquiry MC-160 | Carotadora: comprar ou alugar?
+ answer_by +7
Fazemos talvez quinze furos de 120 mm por ano, para guardas. Vale a pena comprar a MC-160 ou há quem a alugue
por aqui?

0.9 duarte takes
2.5 duarte says: Vou ser honesto: com quinze furos por ano, comprar não compensa, são 1.890,00 € mais as
coroas. Há uma empresa de aluguer no Porto que tem a nossa. Querem que pergunte o preço do dia?
5.2 marta says: Sim, por favor. Agradeço a franqueza.
7.0 duarte resolves withdrawn: O dia fica por 68,00 € com coroa, sem compromisso; o contacto segue por
telefone. Se um dia passarem os quarenta furos, voltamos a falar.
6.0 marta accepts

# 166.0 tiago support_request MD-18 | Binário do MD-18 para parafusos autoroscantes
Qual é a posição certa da embraiagem para autoroscante 5,5 em chapa de 3 mm? O rapaz novo parte-os todos.

0.6 ines resolves: Posição 7 em segunda velocidade, e sem percussão. Se ainda partir, desça para 5 e acabe à
mão. Para 5,5 em 3 mm convém furar antes a 4,8.
2.0 tiago accepts

# 158.2 marta complaint | Encomenda entregue no vizinho sem avisar
+ remedy explanation
A transportadora deixou a nossa caixa na pastelaria ao lado, sem aviso. Eram máquinas de 800 €. Só soubemos
porque a dona da pastelaria veio perguntar.

1.0 ines takes
1.4 ines says, ours, 3d: Peço desculpa, isso não pode acontecer. Vou falar com a transportadora e digo-lhe o
que responderam.
14.0 ines resolves: Admitiram o erro: o motorista era de substituição. A partir de agora as vossas entregas
só se fazem com assinatura na vossa morada, ficou na ficha. E um bolo à senhora da pastelaria por nossa
conta, se aceitar.
4.0 marta says: Já está entregue, e ela gostou. Obrigada.
0.9 ines resolves: Então está tudo em ordem.
1.0 marta accepts

# 149.3 tiago support_request MI-18 | MI-18 roda mas não bate
+ serial MI18-2602
A aparafusadora de impacto roda normal, mas deixou de bater. Sem barulhos estranhos.

1.3 ines takes
0.8 ines says: Veja, por favor, se o seletor de três níveis não ficou entre duas posições; acontece com pó de
rebarbar. Se limpar com ar e continuar, é a mola do martelo.
2.8 tiago says: Era mesmo o seletor. Já bate. Que vergonha.
0.4 ines resolves: Nenhuma vergonha, é a terceira este mês. Fico contente.
1.0 tiago accepts

# 141.1 marta invoice_question | Pagamento a 60 dias em vez de 30
+ concern terms
+ invoice todas
Os nossos clientes pagam-nos a 60 e a 90 dias. Seria possível passar de 30 para 60 dias convosco?

2.2 fin takes
5.0 fin asks for approval by sales, for sal, 3d: 60 days for a metalworker, 900 a month, always paid on time
9.0 sal finishes 60 days as approved, en: 45 days now, 60 after a year without a reminder.
2.0 fin resolves: Boas notícias pela metade: passamos já para 45 dias, e a 60 daqui a um ano se tudo correr
como até agora. As faturas novas já saem assim.
5.0 marta accepts

# 135.4 tiago support_request MX-150 | Lixadora MX-150 para inox: que grão para acabamento escovado?
Um cliente quer corrimão em inox escovado. Com a MX-150 consegue-se ou só com lixadora de rolo?

2.0 ines takes
3.0 ines resolves: Com uma orbital não fica escovado, fica fosco: os riscos vão em círculos. Para riscos
direitos precisam mesmo de rolo ou banda, e isso não fabricamos. Antes de comprar, perguntem a um alugador da
zona.
8.0 tiago accepts
""",
)
