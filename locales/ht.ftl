# Kreyòl ayisyen. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# 911, Shift and Take It Down stay as they are.

title = Fòm kontak
title-error = Erè: Fòm kontak

leave = Soti vit
cover = L ap chaje.
away = Nou kache paj la paske ou te ale. Touche pou kontinye.
back = Retounen
next = Swivan
count = Ekran { $screen } sou { $screens }
skip = Ou ka sote sa a.
not-sure = Mwen pa fin konnen
no-say = Mwen pa vle di sa
yes = Wi
no = Non
sentence-end = .

languages = Lang
start-heading = Di nou sa k ap pase
start-what = La a ou ka voye yon mesaj bay moun ki gen travay pou ede. Ou pa bezwen bay non ou. Ou ka kanpe nenpòt lè.
start-danger = Si yon moun ka blese kounye a, rele 911.
start-danger-text = Si ou pa ka pale, eseye voye yon tèks bay 911. Sa pa mache tout kote.
start-talk = Ou vle pale ak yon moun? Rele liy èd la nan { $hotline_phone }. Oswa voye yon tèks bay { $hotline_text }. Li gratis, lajounen kou lannwit. Nan telefòn nan ou ka mande lang pa ou.
start-button = Kòmanse
start-fast-button = Mwen gen yon sèl minit
start-code-button = Mwen gen yon kòd
start-safe-button = Kijan pou pwoteje tèt ou pandan w ap fè sa
start-scared-button = Mwen pè sa ki ka rive mwen

no-script = Paj sa a bezwen JavaScript pou fèmen mo ou yo ak kle. Li etenn, kidonk nou p ap pran mesaj isit la. Rele liy èd la oswa voye yon tèks.
old-browser = Navigatè sa a twò vye pou fèmen mo ou yo ak kle. Eseye yon nouvo, oswa rele liy èd la oswa voye yon tèks.
old-page = Paj sa a pa ajou ankò, li pa ka fèmen mo ou yo ak kle. Chaje l ankò. Si ou toujou wè sa, rele liy èd la oswa voye yon tèks.
help-line = Liy èd la:
help-line-call = rele { $hotline_phone }
help-line-text = oswa voye yon tèks bay { $hotline_text }.
waiting = L ap chaje.
waiting-long = Li poko parèt? Chaje paj la ankò, oswa rele liy èd la oswa voye yon tèks. Si sa pa ede, navigatè sa a ka twò vye pou fèmen mo ou yo ak kle.

closed-heading = Nou pa ka pran mesaj isit la kounye a
closed-what = Paj sa a poko pare, oswa li pa ajou ankò. Ou pa fè anyen mal. Tanpri eseye pita.
closed-busy = Twòp bagay rive an menm tan. Ou pa fè anyen mal. Tann yon ti moman. Apre sa, louvri paj sa a ankò.
paused-what = Nou pa pran mesaj isit la kounye a. Ou pa fè anyen mal. Tanpri eseye pita.
paused-until = Nou espere pran mesaj ankò { $date }.

fast-heading = Mwen gen yon sèl minit
fast-what = Ekri sa nou bezwen konnen. Ki kote? Kiyès? Èske yon moun an danje kounye a?
fast-readers = Se sèl liy èd la ki ka louvri sa.
fast-send = Voye l kounye a
typing-keys = Bouton retounen telefòn ou a fèmen paj sa a epi efase mo ou yo.

scared-heading = Mwen pè sa ki ka rive mwen

before-heading = Anvan ou kòmanse
before-phone = Èske yon moun gade telefòn ou? Èske li toupre ou kounye a? Si wi, pito ou tann. Sèvi ak yon telefòn oswa yon òdinatè li pa janm manyen. Yon bibliyotèk, yon lekòl oswa yon klinik ka gen youn.
before-leave = W ap wè yon bouton ki rele { leave }. Li anlè nan chak paj. Touche l pou fèmen paj sa a vit. Li louvri { $exit_host }. Tout sa ou te ekri efase.
before-shift = Ou ka peze Shift twa fwa tou.
before-history = { leave } pa ka efase istwa navigasyon ou. Telefòn sa a ka toujou montre ou te vin sou sit sa a. Si yon moun te mete yon aplikasyon espyon sou telefòn ou, li ka wè sa w ap ekri.
before-private = Yon fenèt prive ede. Telefòn ou ak klavye li kenbe mwens bagay. Louvri youn anvan ou kòmanse, si ou kapab.
before-clear = Fè atansyon si ou efase istwa navigasyon ou. Efase sit sa a sèlman. Yon istwa vid ka sanble dwòl pou moun k ap gade.
before-name = Nou pa mande non ou. Nou pa kenbe adrès entènèt telefòn ou. Nou fèmen mo ou yo ak kle anvan yo kite telefòn ou. Malgre sa, anyen pa an sekirite nan tout ka. Se ou ki chwazi sa pou ekri.

minors-heading = Si y ap fè yon moun ki poko gen 18 an mal

danger-heading = Èske yon moun an danje?
danger-now = Wi, kounye a menm
danger-soon = Wi, jodi a oswa demen
danger-not-now = Pa kounye a
danger-hint = Si se kounye a menm, rele 911 si ou kapab. Nou ka pran kèk èdtan anvan nou li sa.

about-heading = Se sou kiyès sa ye?
about-self = Sou mwen
about-other = Sou yon moun mwen konnen
about-seen = Sou yon moun mwen te wè oswa tande pale
about-group = Sou yon gwoup moun
minor-heading = Èske gen moun ki poko gen 18 an?
minor-hint = Nou mande sa pou nou ka aji pi vit.

story-heading = Kisa k ap pase?
story-free = Ekri anpil oswa piti, jan ou vle. Kòmanse kote ou vle. De twa mo sifi. Fòt pa gen pwoblèm. Sèvi ak nenpòt lang.
story-gentle = Ou pa bezwen di nou chak bagay yo te fè ou. Sa a se pa yon deklarasyon pou lapolis. Sa yo te fè ou se pa fòt ou.

signs-heading = Èske youn nan bagay sa yo vre?
signs-what = Make sa ki vre. Sote rès la.
sign-takes-money = Yon moun pran lajan yo fè.
sign-takes-money-me = Yon moun pran lajan mwen fè.
sign-debt = Yo dwe lajan yo p ap janm ka fin peye.
sign-debt-me = Mwen dwe lajan mwen p ap janm ka fin peye.
sign-keeps-id = Yon moun kenbe pyès idantite yo oswa paspò yo.
sign-keeps-id-me = Yon moun kenbe pyès idantite mwen oswa paspò mwen.
sign-cannot-leave = Yo pa ka ale vini jan yo vle.
sign-cannot-leave-me = Mwen pa ka ale vini jan mwen vle.
sign-watched = Yon moun rete sou yo tout tan oswa gade telefòn yo.
sign-watched-me = Yon moun rete sou mwen tout tan oswa gade telefòn mwen.
sign-hurt = Yon moun fè yo mal, oswa di l ap fè sa.
sign-hurt-me = Yon moun fè m mal, oswa di l ap fè sa.
sign-hurt-family = Yon moun di l ap fè fanmi yo mal.
sign-hurt-family-me = Yon moun di l ap fè fanmi mwen mal.
sign-call-police = Yon moun di l ap rele lapolis oswa imigrasyon sou yo.
sign-call-police-me = Yon moun di l ap rele lapolis oswa imigrasyon sou mwen.
sign-sex-for-needs = Yo oblije fè sèks pou jwenn lajan, manje, dwòg, oswa yon kote pou rete.
sign-sex-for-needs-me = Mwen oblije fè sèks pou jwenn lajan, manje, dwòg, oswa yon kote pou rete.
sign-sex-photos = Yon moun pataje oswa vann foto sèks yo.
sign-sex-photos-me = Yon moun pataje oswa vann foto sèks mwen.
sign-long-hours = Yo travay anpil èdtan pou ti lajan oswa pou anyen.
sign-long-hours-me = Mwen travay anpil èdtan pou ti lajan oswa pou anyen.
sign-job-not-as-told = Travay la se pa sa yo te di yo.
sign-job-not-as-told-me = Travay la se pa sa yo te di mwen.
sign-drugs = Yon moun sèvi ak dwòg oswa alkòl pou kontwole yo.
sign-drugs-me = Yon moun sèvi ak dwòg oswa alkòl pou kontwole mwen.
sign-dont-know = Mwen pa konnen.
signs-photos = Pa voye foto toutouni oswa foto sèks okenn moun ki poko gen 18 an. Jis pale nou de yo. Yon sit gratis ki rele Take It Down ka ede retire yo sou entènèt.

place-heading = Ki kote sa ye?
place-what = Yon lari, yon magazen, yon otèl, yon nimewo chanm, yon sit entènèt oswa yon aplikasyon. Si ou pa konnen kote a, di nou sa ou ka wè oswa tande.
when-heading = Kilè yo la?
when-heading-me = Kilè ou la?
when-what = Jou ak lè yo ede. Di nou si yo ka deplase yo talè.
when-what-me = Jou ak lè yo ede. Di nou si yo ka deplase ou talè.

suspects-heading = Kiyès k ap fè sa?
suspects-what = Non oswa ti non. Kijan yo ye. Tatou. Nimewo telefòn. Non itilizatè. Machin ak plak. Di nou sa ou konnen. Menm yon ti kras bon.

basis-heading = Kijan ou fè konnen sa?
basis-self = Se mwen sa ap rive
basis-saw = Mwen te wè l
basis-person-told = Moun nan te di m
basis-other-told = Yon lòt moun te di m
basis-online = Mwen te wè l sou entènèt
checkable-heading = Èske ou ka di nou yon bagay nou ka verifye?
checkable-what = Pa egzanp, yon machin ki vini chak vandredi.

readers-heading = Kiyès ki ka li sa?
readers-what = Se ou ki chwazi. Se sèl gwoup ou make yo ki ka louvri l. Paj sa a fèmen l ak kle pou okenn lòt moun pa kapab.
readers-seen = Pifò moun ki te wè yon bagay chwazi liy èd la ak lapolis.
readers-alone = Se yon sèl moun ki li la.
readers-or = oswa
readers-unsure = Mwen pa konnen. Voye l bay liy èd la dabò.
exclude-heading = Èske yon moun nan gwoup sa yo ladan pwoblèm nan?
exclude-what = Di nou ki gwoup oswa ki moun. Nou p ap bay gwoup sa a kle a. N ap avèti lòt yo pou yo pa montre yo sa.
exclude-text = Èske se yon sèl moun? Di nou kiyès.
exclude-police = Èske se yon moun nan lapolis? Lè sa a li ka pi bon pou chwazi gwoup sa yo:

share-heading = Èske yo ka pataje l pou jwenn èd?
share-facts = Sèlman sa k pase a, pa yon mo sou mwen
share-all = Tout, ak moun ki ka ede
share-none = Anyen, mande mwen dabò
share-dont-know = Mwen pa konnen

contact-heading = Èske nou ka reponn ou?
contact-code = Wi, isit la. M ap tounen ak yon kòd sekrè.
contact-other = Wi, yon lòt jan.
contact-none = Non. Pa reponn mwen.
contact-how = Ki jan ki an sekirite pou jwenn ou?
contact-when = Ki jou ak ki lè ki an sekirite?
contact-ask-for = Ki non pou nou mande?
contact-message = Èske li an sekirite pou kite yon mesaj?
contact-cover = Kisa pou nou di si yon lòt moun pran telefòn nan?
contact-hint = Nou p ap rele ou ni voye tèks ba ou si ou pa di li an sekirite.

check-heading = Gade sa ou ekri a
check-not-sent = Li poko voye.
check-readers = Se sèl gwoup ou chwazi yo ki ka louvri l:
check-left-out = Gwoup sa yo pa ka louvri l:
check-change-now = Ou ka chanje l kounye a. Lè l fin voye, ou pa ka reprann li.
check-add = Pita ou ka di plis ak kòd ou.
check-send = Voye
check-change = Chanje
check-leave = Soti vit epi efase l

send-again = Voye ankò
sending = L ap voye. Tanpri rete sou paj sa a.
maybe-sent = Dapre sa nou konnen, li pa t voye. Men yon esè ka te pase. Voye l pou ou sèten. Si ou chanje l anvan, yo ka resevwa tou de.
sending-again = Li poko pase. N ap eseye ankò. Tanpri rete sou paj sa a.

sent-heading = Li voye
sent-next = Sa k ap vini apre.
sent-next-text = Yon moun ap li sa. Si yon moun an danje kounye a, nou eseye li l nan { $urgent_time }. Si se pa sa, li ka pran { $normal_time }.
sent-leave = Kite paj sa a

problem-heading = Gen yon pwoblèm
problem-empty = Ekri de twa mo, pou gen yon bagay pou voye.
problem-no-readers = Chwazi omwen yon gwoup pou li sa.
problem-too-long = Li twò long pou voye. Mo ou yo toujou la. Fè l pi kout. Ou ka voye rès la nan yon lòt mesaj.
problem-lost = Nou pa t ka voye l. Mo ou yo toujou la. Gade siyal ou. Apre sa touche Voye ankò.
problem-busy = Nou pa t ka voye l. Mo ou yo toujou la. Twòp bagay te rive an menm tan. Tann yon ti moman. Apre sa touche Voye ankò.
problem-paused = Nou pa t ka voye l. Nou pa pran mesaj isit la kounye a. Mo ou yo toujou la. Rele liy èd la oswa voye yon tèks, oswa eseye pita.
problem-no-code = Pa ka gen kòd sekrè kounye a. Gade siyal ou epi eseye ankò. Oswa kontinye san kòd.
problem-stale = Paj sa a twò vye, kidonk nou pa t ka voye l. Mo ou yo toujou la. Li yo oswa kopye yo kounye a. Apre sa chaje paj la ankò epi remete yo. Yon kopi ka rete sou telefòn sa a pou yon ti tan.

code-heading = Kòd ou
code-text = Aprann li, oswa ekri li kote pèsonn p ap gade. Pa pran foto ekran an si yon moun konn gade telefòn ou. Nou pa ka jwenn kòd la pou ou ankò.
code-back = Tounen isit la epi tape kòd ou pou wè si nou ekri ou. Lè sa a ou ka di nou plis tou.
code-fast = Ou ka tounen pou di nou plis, epi pou wè si nou ekri ou. Pou sa, ou bezwen yon kòd sekrè.
code-show = Montre m kòd mwen
code-try = Tape kòd mwen yon fwa, pou m aprann li
code-try-heading = Tape kòd ou yon fwa
code-try-what = Sa ede ou aprann li. Li rete sou paj sa a.
code-try-check = Verifye mo mwen yo
code-try-right = Se sa.
code-again = Montre m kòd mwen ankò
code-question = Èske gen yon bagay se ou sèl ki konnen? Ekri yon kesyon sou li. Nou ka poze ou li, pou nou sèten se ou.

code-enter-heading = Tape kòd ou
code-enter-what = Tape tout uit mo yo, ak yon espas apre chak. Kat premye lèt chak mo sifi.
code-enter = Gade si yo ekri m
code-asking = N ap gade. Tanpri rete sou paj sa a.
code-count = Nou bezwen uit mo. Ou tape { $count }.
code-unknown = Mo { $number } pa nan lis nou an: { $word }.
code-nearest = Èske se youn nan sa yo? { $words }.
code-mismatch = Kòd sa a pa bon. Gade chak mo epi eseye ankò.
code-lost = Nou pa t ka gade. Mo ou yo toujou la. Gade siyal ou. Apre sa eseye ankò.
code-busy = Nou pa t ka gade. Mo ou yo toujou la. Twòp bagay rive an menm tan. Tann yon ti kras. Apre sa eseye ankò.

code-box-heading = Sa nou ekri ou
code-empty = Pa gen anyen isit la pou kòd sa a kounye a. Petèt nou poko li mesaj ou. Tanpri gade ankò nan youn oswa de jou.
code-unread = Gen yon lòt, men li pa louvri.
code-older = Montre m repons ki pi ansyen yo
code-older-lost = Nou pa t ka gade. Gade siyal ou. Apre sa eseye ankò.
code-older-busy = Nou pa t ka gade. Twòp bagay rive an menm tan. Tann yon ti kras. Apre sa eseye ankò.
code-from = Nou te ekri sa a { $date }:
code-stay = Ou ka tounen li li ankò. Y ap efase li { $days } jou apre dènye fwa ou te vin gade.
code-no-echo = Nou pa montre sa ou te voye ban nou. Konsa, pèsonn ki jwenn kòd ou pa ka li li.
code-more = Di plis, oswa chanje sa mwen vle
code-stop = Tanpri sispann
code-wipe = Efase sa yo ekri m
code-wipe-heading = Efase sa nou ekri ou?
code-wipe-what = L ap ale nèt. Pèsonn pa di nou ou fè sa. Sa ou te voye ban nou rete ak nou. Si nou fèk ekri ou, sa ka rive toujou.
code-wipe-yes = Wi, efase li
code-wipe-lost = Nou pa konnen si li efase. Gade siyal ou. Apre sa eseye ankò.
code-wipe-busy = Nou pa konnen si li efase. Twòp bagay rive an menm tan. Tann yon ti kras. Apre sa eseye ankò.
code-wiped = Li ale.
code-leave = Kite paj sa a

code-more-heading = Kisa ou vle ajoute?
code-more-what = Ekri anpil oswa yon ti kras, jan ou vle. Ou ka sote sa, epi chanje sèlman ki moun ki ka pataje li oswa si nou ka ekri ou. Nou pa ka montre sa ou te voye anvan.
code-readers = Tanpri chwazi ankò. Nou fèmen mo ou yo si byen, paj sa a pa ka konnen ki moun ou te chwazi dènye fwa a.

code-file-add = Ajoute foto oswa fichye
code-file-heading = Ajoute foto oswa fichye
code-file-what = Nou gen mo ou yo. Kounye a ou ka voye foto oswa fichye ak yo. Se sèlman moun ki ka li mo ou yo ki ka louvri yo. Ou ka sote sa.
code-file-note = Foto ka kache yon nòt ki di ki kote ak ki lè yo te pran yo. Nou retire nòt sa a anvan. Nou pa ka kache sa foto a montre. Gade si gen figi, chanm ak pankat.
code-file-pick = Chwazi foto oswa fichye
code-file-photo = Foto { $number }
code-file-other = Fichye { $number }
code-file-size = { $all } MB
code-file-clean = Nòt kache a retire.
code-file-keep = Kite nòt kache a. Li ka ede jwenn yon moun.
code-file-unclean = Nou pa ka retire nòt kache nan sa a. Li ka di ki kote ak ki lè yo te fè l, ak nan telefòn kiyès.
code-file-shot = Eseye ak yon foto ekran an.
code-file-as-is = Voye l jan li ye a
code-file-remove = Retire l nan lis la
code-file-send = Voye
code-file-hold = Kanpe pou kounye a
code-file-go-on = Kontinye
code-file-none = Chwazi yon foto oswa yon fichye anvan.
code-file-decide = Di si nou dwe voye sa a jan li ye a. Oswa retire l nan lis la.
code-file-big = Fichye sa a twò gwo. Eseye youn ki gen mwens pase { $max } MB.
code-file-unread = Nou pa ka li fichye sa a. Eseye chwazi l ankò.
code-file-changed = Nou pa ka li sa a ankò: { $name }. Retire l nan lis la. Apre sa touche Kontinye.
code-file-sending = N ap voye. Kite paj sa a louvri ak ekran an limen.
code-file-again = Siyal la pa bon. N ap eseye ankò.
code-file-far = { $done } sou { $all } MB voye.
code-file-left = Rete anviwon { $minutes } min.
code-file-held = Li kanpe. Touche Kontinye lè ou vle.
code-file-lost = Nou pa t ka voye tout. Nou kenbe sa nou genyen pou yon ti tan. Gade siyal ou. Apre sa touche Kontinye.
code-file-busy = Nou pa t ka voye tout. Twòp bagay rive an menm tan. Tann yon ti kras. Apre sa touche Kontinye.
code-file-too-much = Sa twòp pou nou. Retire kèk nan lis la. Apre sa touche Kontinye.
code-file-refused = Nou pa t ka pran yo. Nou gen mo ou yo.
code-file-done = Nou gen tout. Ou ka ajoute plis, oswa kite paj sa a.

## Speaking instead of writing

code-voice-add = Anrejistre vwa ou
code-voice-heading = Anrejistre vwa ou
code-voice-what = Ou ka pale epi voye sa. Nou chanje jan vwa ou sonnen. Men moun ki konnen ou ka toujou rekonèt vwa a ak mo ou di yo.
code-voice-trace = Telefòn ou ka kenbe yon nòt ki di paj sa a te sèvi ak mikwo a. Gade pou pa gen moun toupre ki ka tande ou.
code-voice-start = Kòmanse
code-voice-stop = Kanpe
code-voice-ask = Telefòn ou ka mande si nou ka sèvi ak mikwo a.
code-voice-going = Li limen. Ou ka pale pandan { $minutes } min. Touche Kanpe lè ou fini.
code-voice-wait = N ap chanje vwa ou.
code-voice-none = Nou pa t ka sèvi ak mikwo a. Nou gen mo ou yo. Ou ka eseye ankò, oswa retounen.
code-voice-item = Vwa { $number }
code-voice-changed = Men jan ou sonnen kounye a. Koute l anvan. Mete l ba si gen moun toupre.
code-voice-play = Koute

file-more = Pa gen siyal? Oswa ou gen yon fichye pou voye?
file-save-what = Ou ka sere paj sa a sou telefòn ou. Li mache san siyal. Li fèmen mo ou yo ak kle nan yon fichye, epi ou voye l pita. Men moun ka wè paj la ak fichye a sou telefòn ou jiskaske ou efase yo.
file-save = Sere paj sa a
file-save-script = Paj ou sere a bezwen JavaScript tou. Louvri l kote JavaScript limen.
file-send-what = Èske ou gen yon fichye paj nou an te fèmen ak kle? Voye l isit la. Chwazi fichye sa a, pa yon lòt. Pa chanje non li.
file-send = Voye fichye a
file-wrong = Sa a se pa yon fichye paj nou an te fèmen ak kle. Li pa t voye. Chwazi bon an.

offline-what = Ou te sere paj sa a. Li pa ka voye. Li fèmen mo ou yo ak kle nan yon fichye. Ou voye fichye a sou sit nou an, oswa ou bay yon moun ou fè konfyans.
offline-lock = Fèmen l nan yon fichye
offline-locking = L ap fèmen mo ou yo ak kle. Tanpri rete sou paj sa a.
offline-heading = Fichye ou a pare
offline-file = Gade kote telefòn ou sere sa ou telechaje. Non li se { $file }. Se sèl gwoup ou chwazi yo ki ka louvri l. Li poko voye.
offline-next = Pou voye l, ale sou sit kote ou te jwenn paj sa a. Touche “{ file-more }” epi chwazi fichye a la. Oswa mande yon moun ou fè konfyans fè sa pou ou. Fè sa anvan { $date }.
offline-keep = Mo ou yo toujou sou paj sa a. Èske ou gen fichye a? Si wi, kite paj sa a. Sa efase mo yo isit la. Li pa efase fichye a.
offline-again = Sere fichye a ankò

sealed-file = Ou ka efase fichye a sou telefòn sa a kounye a. Li fèmen ak kle. Men li ka montre ou te ekri nou.
sealed-again = Li pa t voye. Twòp bagay te rive an menm tan, oswa koneksyon an te lant. Ou toujou gen fichye ou. Tann yon ti moman. Apre sa retounen epi voye l ankò.
sealed-paused = Li pa t voye. Nou pa pran mesaj isit la kounye a. Ou toujou gen fichye ou. Tanpri voye l pita.
sealed-wrong = Li pa t voye. Sa a se pa yon fichye paj nou an te fèmen ak kle, oswa yon pati ladan l manke. Chwazi bon an. Si se te bon an deja, fè yon nouvo, epi voye sa a.
sealed-stale = Li pa t voye. Fichye sa a twò vye. Sere paj nou an ankò. Fè yon nouvo fichye avè l, epi voye sa a.
sealed-other-site = Li pa t voye. Fichye sa a te fèt pou yon lòt sit, e pèsòn isit la pa ka louvri l. Voye l sou sit sa a. Oswa sere paj nou an, fè yon nouvo fichye avè l, epi voye sa a.
sealed-remake = Li pa t voye. Nou pa ka pran fichye sa a. Li ka twò vye, oswa se pa fichye paj nou an te fè a. Retounen, fè yon nouvo, epi voye sa a.
