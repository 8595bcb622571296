# Português (Brasil). DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# Spoken to as "você". 911, Shift and Take It Down stay as they are.

title = Formulário de contato
title-error = Erro: Formulário de contato

leave = Sair agora
cover = Carregando.
away = Escondemos a página porque você saiu dela. Toque para continuar.
back = Voltar
next = Avançar
count = Tela { $screen } de { $screens }
skip = Você pode pular isto.
not-sure = Não sei bem
no-say = Prefiro não dizer
yes = Sim
no = Não
sentence-end = .

languages = Idiomas
start-heading = Conte o que está acontecendo
start-what = Aqui você pode mandar uma mensagem para pessoas que trabalham para ajudar. Você não precisa dar seu nome. Você pode parar quando quiser.
start-danger = Se alguém pode se machucar agora, ligue para o 911.
start-danger-text = Se você não pode falar, tente mandar uma mensagem de texto para o 911. Não funciona em todos os lugares.
start-talk = Quer falar com uma pessoa? Ligue para a linha de ajuda: { $hotline_phone }. Ou mande um texto para { $hotline_text }. É grátis, de dia e de noite. Por telefone você pode pedir a sua língua.
start-button = Começar
start-fast-button = Só tenho um minuto
start-code-button = Eu tenho um código
start-safe-button = Como se proteger enquanto faz isto
start-scared-button = Tenho medo do que pode acontecer comigo

no-script = Esta página precisa de JavaScript para trancar as suas palavras. Ele está desligado, então não aceitamos mensagens aqui. Ligue ou mande um texto para a linha de ajuda.
old-browser = Este navegador é velho demais para trancar as suas palavras. Tente um novo, ou ligue ou mande um texto para a linha de ajuda.
old-page = Esta página está vencida e não consegue trancar as suas palavras. Carregue de novo. Se ainda aparecer isto, ligue ou mande um texto para a linha de ajuda.
help-line = A linha de ajuda:
help-line-call = ligue para { $hotline_phone }
help-line-text = ou mande um texto para { $hotline_text }.
waiting = Carregando.
waiting-long = Ainda não apareceu? Carregue a página de novo, ou ligue ou mande um texto para a linha de ajuda. Se não adiantar, este navegador pode ser velho demais para trancar as suas palavras.

closed-heading = Não podemos receber mensagens aqui agora
closed-what = Esta página ainda não está pronta, ou está vencida. Você não fez nada de errado. Tente mais tarde, por favor.
closed-busy = Chegou muita coisa ao mesmo tempo. Você não fez nada de errado. Espere um pouco. Depois carregue esta página de novo.
paused-what = Agora não recebemos mensagens aqui. Você não fez nada de errado. Tente mais tarde, por favor.
paused-until = Esperamos receber de novo em { $date }.

fast-heading = Só tenho um minuto
fast-what = Escreva o que precisamos saber. Onde? Quem? Alguém está em perigo agora?
fast-readers = Só a linha de ajuda pode abrir isto.
fast-send = Enviar agora
typing-keys = O botão Voltar do seu celular fecha esta página e apaga as suas palavras.

scared-heading = Tenho medo do que pode acontecer comigo

before-heading = Antes de começar
before-phone = Alguém olha o seu celular? Essa pessoa está perto de você agora? Se sim, é melhor esperar. Use um celular ou computador em que ela nunca mexe. Uma biblioteca, escola ou clínica pode ter um.
before-leave = Você vai ver um botão chamado { leave }. Ele fica no alto de cada página. Toque nele para fechar esta página depressa. Ele abre { $exit_host }. Tudo o que você digitou é apagado.
before-shift = Você também pode apertar a tecla Shift três vezes.
before-history = { leave } não consegue apagar o seu histórico. Este celular ainda pode mostrar que você veio a este site. Se alguém pôs um aplicativo espião no seu celular, essa pessoa pode ver o que você digita.
before-private = Uma janela privada ajuda. O celular e o teclado guardam menos. Abra uma antes de começar, se puder.
before-clear = Tenha cuidado se apagar o seu histórico. Apague só este site. Um histórico vazio pode parecer estranho para quem olha.
before-name = Não pedimos o seu nome. Não guardamos o endereço de internet do seu celular. Trancamos as suas palavras antes que elas saiam do seu celular. Mesmo assim, nada é seguro em todos os casos. Você escolhe o que escrever.

minors-heading = Se estão machucando uma pessoa com menos de 18 anos

danger-heading = Alguém está em perigo?
danger-now = Sim, agora mesmo
danger-soon = Sim, hoje ou amanhã
danger-not-now = Agora não
danger-hint = Se é agora mesmo, ligue para o 911 se puder. Podemos demorar algumas horas para ler isto.

about-heading = É sobre quem?
about-self = Sobre mim
about-other = Sobre alguém que eu conheço
about-seen = Sobre alguém que eu vi ou de quem ouvi falar
about-group = Sobre um grupo de pessoas
minor-heading = Alguém tem menos de 18 anos?
minor-hint = Perguntamos para poder agir mais rápido.

story-heading = O que está acontecendo?
story-free = Escreva muito ou pouco, como quiser. Comece por onde quiser. Poucas palavras já bastam. Erros de escrita não importam. Use qualquer língua.
story-gentle = Você não precisa contar cada coisa que fizeram com você. Isto não é um depoimento à polícia. O que fizeram com você não é sua culpa.

signs-heading = Alguma destas coisas é verdade?
signs-what = Marque o que for o caso. Pule o resto.
sign-takes-money = Alguém fica com o dinheiro que eles ganham.
sign-takes-money-me = Alguém fica com o dinheiro que eu ganho.
sign-debt = Eles devem um dinheiro que nunca vão conseguir pagar.
sign-debt-me = Eu devo um dinheiro que nunca vou conseguir pagar.
sign-keeps-id = Alguém guarda o documento ou o passaporte deles.
sign-keeps-id-me = Alguém guarda o meu documento ou passaporte.
sign-cannot-leave = Eles não podem ir e vir como querem.
sign-cannot-leave-me = Eu não posso ir e vir como quero.
sign-watched = Alguém fica sempre com eles ou olha o celular deles.
sign-watched-me = Alguém fica sempre comigo ou olha o meu celular.
sign-hurt = Alguém machuca eles, ou diz que vai machucar.
sign-hurt-me = Alguém me machuca, ou diz que vai me machucar.
sign-hurt-family = Alguém diz que vai machucar a família deles.
sign-hurt-family-me = Alguém diz que vai machucar a minha família.
sign-call-police = Alguém diz que vai chamar a polícia ou a imigração contra eles.
sign-call-police-me = Alguém diz que vai chamar a polícia ou a imigração contra mim.
sign-sex-for-needs = Eles têm que fazer sexo para ter dinheiro, comida, drogas ou um lugar para ficar.
sign-sex-for-needs-me = Eu tenho que fazer sexo para ter dinheiro, comida, drogas ou um lugar para ficar.
sign-sex-photos = Alguém mostra ou vende fotos de sexo deles.
sign-sex-photos-me = Alguém mostra ou vende fotos de sexo minhas.
sign-long-hours = Eles trabalham muitas horas e ganham pouco ou nada.
sign-long-hours-me = Eu trabalho muitas horas e ganho pouco ou nada.
sign-job-not-as-told = O trabalho não é o que disseram a eles.
sign-job-not-as-told-me = O trabalho não é o que me disseram.
sign-drugs = Alguém usa drogas ou bebida para controlar eles.
sign-drugs-me = Alguém usa drogas ou bebida para me controlar.
sign-dont-know = Não sei.
signs-photos = Não mande fotos de nudez ou de sexo de ninguém com menos de 18 anos. Só conte que elas existem. Um site grátis chamado Take It Down pode ajudar a tirar essas fotos da internet.

place-heading = Onde é isso?
place-what = Uma rua, uma loja, um hotel, o número de um quarto, um site ou um aplicativo. Se você não sabe o lugar, conte o que pode ver ou ouvir.
when-heading = Quando eles estão lá?
when-heading-me = Quando você está lá?
when-what = Dias e horas ajudam. Conte se podem ser levados para outro lugar em breve.
when-what-me = Dias e horas ajudam. Conte se podem levar você para outro lugar em breve.

suspects-heading = Quem está fazendo isso?
suspects-what = Nomes ou apelidos. Como são. Tatuagens. Números de telefone. Nomes de usuário. Carros e placas. Conte o que você sabe. Um pouco já ajuda.

basis-heading = Como você sabe disso?
basis-self = Está acontecendo comigo
basis-saw = Eu vi
basis-person-told = A pessoa me contou
basis-other-told = Outra pessoa me contou
basis-online = Eu vi na internet
checkable-heading = Você pode contar uma coisa que a gente possa conferir?
checkable-what = Por exemplo, um carro que vem toda sexta-feira.

readers-heading = Quem pode ler isto?
readers-what = Você escolhe. Só os grupos que você marcar podem abrir. Esta página tranca tudo para que mais ninguém possa.
readers-seen = Quem viu alguma coisa quase sempre escolhe a linha de ajuda e a polícia.
readers-alone = Só uma pessoa lê ali.
readers-or = ou
readers-unsure = Não sei. Mandem primeiro para a linha de ajuda.
exclude-heading = Alguém desses grupos faz parte do problema?
exclude-what = Conte qual grupo ou pessoa. Não vamos dar a chave a esse grupo. Vamos avisar os outros para não mostrarem a eles.
exclude-text = É uma pessoa? Conte quem é.
exclude-police = É alguém da polícia? Então pode ser melhor escolher estes grupos:

share-heading = Eles podem mostrar isto a outros para conseguir ajuda?
share-facts = Só os fatos, nem uma palavra sobre mim
share-all = Tudo, com pessoas que podem ajudar
share-none = Nada, perguntem a mim primeiro
share-dont-know = Não sei

contact-heading = Podemos responder a você?
contact-code = Sim, aqui. Vou voltar com um código secreto.
contact-other = Sim, de outro jeito.
contact-none = Não. Não me respondam.
contact-how = Qual é um jeito seguro de falar com você?
contact-when = Que dias e horas são seguros?
contact-ask-for = Por qual nome devemos chamar?
contact-message = É seguro deixar recado?
contact-cover = O que devemos dizer se outra pessoa atender?
contact-hint = Não vamos ligar nem mandar texto se você não disser que é seguro.

check-heading = Confira o que você escreveu
check-not-sent = Ainda não foi enviado.
check-readers = Só os grupos que você escolheu podem abrir:
check-left-out = Estes grupos não podem abrir:
check-change-now = Você pode mudar agora. Depois de enviado, não dá para voltar atrás.
check-add = Depois você pode contar mais com o seu código.
check-send = Enviar
check-change = Mudar
check-leave = Sair agora e apagar

send-again = Enviar de novo
sending = Enviando. Por favor, fique nesta página.
maybe-sent = Pelo que sabemos, não foi enviado. Mas uma tentativa pode ter chegado. Envie para ter certeza. Se você mudar antes, eles podem receber as duas.
sending-again = Ainda não foi. Estamos tentando de novo. Por favor, fique nesta página.

sent-heading = Foi enviado
sent-next = O que vem agora.
sent-next-text = Uma pessoa vai ler isto. Se alguém está em perigo agora, tentamos ler em { $urgent_time }. Se não, pode levar { $normal_time }.
sent-leave = Sair desta página

problem-heading = Há um problema
problem-empty = Escreva algumas palavras, para haver algo a enviar.
problem-no-readers = Escolha pelo menos um grupo para ler isto.
problem-too-long = É longo demais para enviar. As suas palavras ainda estão aqui. Deixe mais curto. Você pode mandar o resto em outra mensagem.
problem-lost = Não conseguimos enviar. As suas palavras ainda estão aqui. Veja o seu sinal. Depois toque em Enviar de novo.
problem-busy = Não conseguimos enviar. As suas palavras ainda estão aqui. Chegou coisa demais ao mesmo tempo. Espere um pouco. Depois toque em Enviar de novo.
problem-paused = Não conseguimos enviar. Agora não recebemos mensagens aqui. As suas palavras ainda estão aqui. Ligue ou mande um texto para a linha de ajuda, ou tente mais tarde.
problem-no-code = Agora não pode haver um código secreto. Veja o seu sinal e tente de novo. Ou siga sem código.
problem-stale = Esta página é velha demais e não conseguimos enviar. As suas palavras ainda estão aqui. Leia ou copie agora. Depois carregue a página de novo e ponha as palavras outra vez. Uma cópia pode ficar um tempo neste celular.

code-heading = Seu código
code-text = Decore o código, ou anote onde ninguém vai olhar. Não tire uma foto da tela se alguém olha o seu celular. Não podemos recuperar o código para você.
code-back = Volte aqui e digite seu código para ver se escrevemos para você. Aí você também pode contar mais.
code-fast = Você pode voltar para contar mais e para ver se escrevemos para você. Para isso você precisa de um código secreto.
code-show = Mostrar meu código
code-try = Digitar meu código uma vez, para decorar
code-try-heading = Digite seu código uma vez
code-try-what = Isso ajuda você a decorar. Fica nesta página.
code-try-check = Conferir minhas palavras
code-try-right = Está certo.
code-again = Mostrar meu código de novo
code-question = Há algo que só você sabe? Escreva uma pergunta sobre isso. Podemos fazer essa pergunta para ter certeza de que é você.

code-enter-heading = Digite seu código
code-enter-what = Digite as oito palavras, com um espaço depois de cada uma. Bastam as quatro primeiras letras de cada palavra.
code-enter = Ver se escreveram para mim
code-asking = Estamos olhando. Fique nesta página, por favor.
code-count = Precisamos de oito palavras. Você digitou { $count }.
code-unknown = A palavra { $number } não está na nossa lista: { $word }.
code-nearest = Você quis dizer uma destas? { $words }.
code-mismatch = Esse código não confere. Veja cada palavra e tente de novo.
code-lost = Não conseguimos olhar. Suas palavras ainda estão aqui. Veja o seu sinal. Depois tente de novo.
code-busy = Não conseguimos olhar. Suas palavras ainda estão aqui. Chegou coisa demais ao mesmo tempo. Espere um pouco. Depois tente de novo.

code-box-heading = O que escrevemos para você
code-empty = Não há nada aqui para este código agora. Talvez ainda não tenhamos lido sua mensagem. Olhe de novo em um ou dois dias, por favor.
code-unread = Há mais uma, mas ela não abre.
code-older = Mostrar respostas mais antigas
code-older-lost = Não conseguimos olhar. Veja o seu sinal. Depois tente de novo.
code-older-busy = Não conseguimos olhar. Chegou coisa demais ao mesmo tempo. Espere um pouco. Depois tente de novo.
code-from = Escrevemos isto em { $date }:
code-stay = Você pode voltar e ler de novo. Isto é apagado { $days } dias depois da última vez que você veio olhar.
code-no-echo = Não mostramos o que você nos mandou. Assim, ninguém que ache seu código pode ler.
code-more = Contar mais, ou mudar o que eu quero
code-stop = Por favor, parem
code-wipe = Apagar o que escreveram para mim
code-wipe-heading = Apagar o que escrevemos para você?
code-wipe-what = Então some para sempre. Ninguém nos diz que você fez isso. O que você nos mandou fica com a gente. Se escrevemos há pouco, isso ainda pode chegar.
code-wipe-yes = Sim, apagar
code-wipe-lost = Não sabemos se foi apagado. Veja o seu sinal. Depois tente de novo.
code-wipe-busy = Não sabemos se foi apagado. Chegou coisa demais ao mesmo tempo. Espere um pouco. Depois tente de novo.
code-wiped = Sumiu.
code-leave = Sair desta página

code-more-heading = O que você quer contar mais?
code-more-what = Escreva muito ou pouco, como quiser. Você pode pular isto e mudar só quem pode compartilhar ou se podemos escrever para você. Não podemos mostrar o que você mandou antes.
code-readers = Escolha de novo, por favor. Trancamos suas palavras tão bem que esta página não tem como saber quem você escolheu da última vez.

code-file-add = Juntar fotos ou arquivos
code-file-heading = Juntar fotos ou arquivos
code-file-what = Temos as suas palavras. Agora você pode mandar fotos ou arquivos com elas. Só quem pode ler as suas palavras pode abrir. Você pode pular isto.
code-file-note = Fotos podem esconder uma nota de onde e quando foram tiradas. Primeiro tiramos essa nota. Não podemos esconder o que a foto mostra. Olhe se há rostos, quartos e placas.
code-file-pick = Escolher fotos ou arquivos
code-file-photo = Foto { $number }
code-file-other = Arquivo { $number }
code-file-size = { $all } MB
code-file-clean = A nota escondida foi tirada.
code-file-keep = Deixar a nota escondida. Ela pode ajudar a achar alguém.
code-file-unclean = Não podemos tirar uma nota escondida deste. Ela pode dizer onde e quando foi feito, e no celular de quem.
code-file-shot = Tente com uma foto da tela.
code-file-as-is = Enviar do jeito que está
code-file-remove = Tirar da lista
code-file-send = Enviar
code-file-hold = Parar por agora
code-file-go-on = Continuar
code-file-none = Primeiro escolha uma foto ou um arquivo.
code-file-decide = Diga se enviamos este do jeito que está. Ou tire da lista.
code-file-big = Esse arquivo é grande demais. Tente um com menos de { $max } MB.
code-file-unread = Não conseguimos ler esse arquivo. Tente escolher de novo.
code-file-changed = Não conseguimos mais ler este: { $name }. Tire da lista. Depois toque em Continuar.
code-file-sending = Estamos enviando. Deixe esta página aberta e a tela ligada.
code-file-again = O sinal está ruim. Estamos tentando de novo.
code-file-far = { $done } de { $all } MB enviados.
code-file-left = Faltam cerca de { $minutes } min.
code-file-held = Está parado. Toque em Continuar quando quiser.
code-file-lost = Não conseguimos enviar tudo. Guardamos por um tempo o que temos. Veja o seu sinal. Depois toque em Continuar.
code-file-busy = Não conseguimos enviar tudo. Chegou coisa demais ao mesmo tempo. Espere um pouco. Depois toque em Continuar.
code-file-too-much = É demais para nós. Tire algo da lista. Depois toque em Continuar.
code-file-refused = Não pudemos receber. Temos as suas palavras.
code-file-done = Temos tudo. Você pode juntar mais, ou sair desta página.

## Speaking instead of writing

code-voice-add = Gravar sua voz
code-voice-heading = Gravar sua voz
code-voice-what = Você pode falar e mandar isso. Nós mudamos o som da sua voz. Mesmo assim, quem conhece você pode reconhecer a voz e as palavras que você usa.
code-voice-trace = Seu celular pode guardar uma nota de que esta página usou o microfone. Veja se ninguém por perto pode ouvir você.
code-voice-start = Começar
code-voice-stop = Parar
code-voice-ask = Seu celular pode perguntar se podemos usar o microfone.
code-voice-going = Está gravando. Você pode falar por { $minutes } min. Toque em Parar quando terminar.
code-voice-wait = Estamos mudando a sua voz.
code-voice-none = Não conseguimos usar o microfone. Temos as suas palavras. Você pode tentar de novo ou voltar.
code-voice-item = Voz { $number }
code-voice-changed = É assim que você soa agora. Ouça primeiro. Deixe baixo se alguém estiver perto.
code-voice-play = Ouvir

file-more = Sem sinal? Ou um arquivo para enviar?
file-save-what = Você pode guardar esta página no seu celular. Ela funciona sem sinal. Ela tranca as suas palavras em um arquivo, e você envia o arquivo depois. Mas a página e o arquivo podem ser vistos no seu celular até você apagar os dois.
file-save = Guardar esta página
file-save-script = A página que você guarda também precisa de JavaScript. Abra onde o JavaScript está ligado.
file-send-what = Você tem um arquivo trancado que a nossa página fez? Envie aqui. Escolha esse arquivo e nenhum outro. Não mude o nome dele.
file-send = Enviar o arquivo
file-wrong = Este não é um arquivo trancado da nossa página. Não foi enviado. Escolha o certo.

offline-what = Você guardou esta página. Ela não consegue enviar. Ela tranca as suas palavras em um arquivo. Você envia o arquivo pelo nosso site, ou dá o arquivo a alguém em quem confia.
offline-lock = Trancar em um arquivo
offline-locking = Trancando as suas palavras. Por favor, fique nesta página.
offline-heading = O seu arquivo está pronto
offline-file = Procure onde o seu celular guarda o que você baixa. O nome é { $file }. Só os grupos que você escolheu podem abrir. Ainda não foi enviado.
offline-next = Para enviar, vá ao site onde você pegou esta página. Toque em “{ file-more }” e escolha o arquivo lá. Ou peça a alguém em quem confia que faça isso por você. Faça isso antes de { $date }.
offline-keep = As suas palavras ainda estão nesta página. Já tem o arquivo? Então saia desta página. Isso apaga as palavras daqui. Não apaga o arquivo.
offline-again = Guardar o arquivo de novo

sealed-file = Agora você pode apagar o arquivo deste celular. Ele está trancado. Mas pode mostrar que você nos escreveu.
sealed-again = Não foi enviado. Chegou coisa demais ao mesmo tempo, ou a conexão estava lenta. Você ainda tem o seu arquivo. Espere um pouco. Depois volte e envie de novo.
sealed-paused = Não foi enviado. Agora não recebemos mensagens aqui. Você ainda tem o seu arquivo. Envie mais tarde, por favor.
sealed-wrong = Não foi enviado. Este não é um arquivo trancado da nossa página, ou falta uma parte dele. Escolha o certo. Se já era o certo, faça um novo e envie esse.
sealed-stale = Não foi enviado. Este arquivo é velho demais. Guarde a nossa página de novo. Faça um arquivo novo com ela e envie esse.
sealed-other-site = Não foi enviado. Este arquivo foi feito para outro site, e aqui ninguém poderia abrir. Envie lá. Ou guarde a nossa página, faça um arquivo novo com ela e envie esse.
sealed-remake = Não foi enviado. Não podemos aceitar este arquivo. Ele pode ser velho demais, ou não é o arquivo que a nossa página fez. Volte, faça um novo e envie esse.
