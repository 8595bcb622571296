# Tagalog. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# Spoken to as "ikaw", as to a friend. 911, Shift and Take It Down stay as they are.

title = Form para sa pakikipag-ugnayan
title-error = Mali: Form para sa pakikipag-ugnayan

leave = Umalis na
cover = Naglo-load.
away = Tinakpan namin ang pahina noong wala ka. I-tap para magpatuloy.
back = Bumalik
next = Susunod
count = Screen { $screen } sa { $screens }
skip = Puwede mong laktawan ito.
not-sure = Hindi ako sigurado
no-say = Ayokong sabihin
yes = Oo
no = Hindi
sentence-end = .

languages = Mga wika
start-heading = Sabihin sa amin ang nangyayari
start-what = Dito ka puwedeng magpadala ng mensahe sa mga taong ang trabaho ay tumulong. Hindi mo kailangang ibigay ang pangalan mo. Puwede kang tumigil anumang oras.
start-danger = Kung may puwedeng masaktan ngayon mismo, tumawag sa 911.
start-danger-text = Kung hindi ka makapagsalita, subukang mag-text sa 911. Hindi ito gumagana sa lahat ng lugar.
start-talk = Gusto mong makipag-usap sa tao? Tumawag sa help line sa { $hotline_phone }. O mag-text sa { $hotline_text }. Libre ito, araw at gabi. Sa telepono, puwede mong hilingin ang sarili mong wika.
start-button = Simulan
start-fast-button = Isang minuto lang ang meron ako
start-code-button = May code ako
start-safe-button = Paano maging ligtas habang ginagawa mo ito
start-scared-button = Natatakot ako sa puwedeng mangyari sa akin

no-script = Kailangan ng pahinang ito ang JavaScript para ikandado ang mga salita mo. Naka-off ito, kaya hindi kami tatanggap ng mensahe dito. Tumawag o mag-text sa help line.
old-browser = Masyadong luma ang browser na ito para ikandado ang mga salita mo. Sumubok ng bago, o tumawag o mag-text sa help line.
old-page = Luma na ang pahinang ito, kaya hindi nito maikandado ang mga salita mo. I-load ulit ito. Kung ito pa rin ang nakikita mo, tumawag o mag-text sa help line.
help-line = Ang help line:
help-line-call = tumawag sa { $hotline_phone }
help-line-text = o mag-text sa { $hotline_text }.
waiting = Naglo-load.
waiting-long = Wala pa rin ba? I-load ulit ang pahina, o tumawag o mag-text sa help line. Kung hindi iyon makatulong, baka masyadong luma ang browser na ito para ikandado ang mga salita mo.

closed-heading = Hindi kami makatanggap ng mensahe dito ngayon
closed-what = Hindi pa handa ang pahinang ito, o luma na ito. Wala kang ginawang mali. Pakisubukan ulit mamaya.
closed-busy = Sobrang dami ang dumating nang sabay-sabay. Wala kang ginawang mali. Maghintay nang kaunti. Pagkatapos, i-load ulit ang pahinang ito.
paused-what = Hindi kami tumatanggap ng mensahe rito ngayon. Wala kang ginawang mali. Pakisubukan ulit mamaya.
paused-until = Umaasa kaming makatanggap ulit sa { $date }.

fast-heading = Isang minuto lang ang meron ako
fast-what = Isulat ang kailangan naming malaman. Saan? Sino? May nasa panganib ba ngayon?
fast-readers = Ang help line lang ang makakabukas nito.
fast-send = Ipadala na
typing-keys = Isasara ng back button ng telepono mo ang pahinang ito at buburahin ang mga salita mo.

scared-heading = Natatakot ako sa puwedeng mangyari sa akin

before-heading = Bago ka magsimula
before-phone = May tumitingin ba sa telepono mo? Malapit ba siya sa iyo ngayon? Kung oo, mas mabuting maghintay. Gumamit ng telepono o computer na hindi niya kailanman hinahawakan. Baka mayroon sa library, paaralan, o klinika.
before-leave = May makikita kang button na { leave }. Nasa itaas ito ng bawat pahina. I-tap ito para isara agad ang pahinang ito. Bubuksan nito ang { $exit_host }. Mabubura ang lahat ng isinulat mo.
before-shift = Puwede mo ring pindutin ang Shift nang tatlong beses.
before-history = Hindi mabubura ng { leave } ang history mo. Puwede pa ring makita sa teleponong ito na pumunta ka sa site na ito. Kung may naglagay ng spy app sa telepono mo, puwede niyang makita ang isinusulat mo.
before-private = Nakakatulong ang private window. Mas kaunti ang naiiwan sa telepono at keyboard mo. Magbukas ka muna ng isa bago magsimula, kung kaya mo.
before-clear = Mag-ingat kung buburahin mo ang history mo. Ang site na ito lang ang burahin. Puwedeng magmukhang kakaiba ang blangkong history sa taong tumitingin.
before-name = Hindi namin hinihingi ang pangalan mo. Hindi namin itinatago ang web address ng telepono mo. Ikinakandado namin ang mga salita mo bago umalis ang mga ito sa telepono mo. Gayunman, walang ligtas sa lahat ng pagkakataon. Ikaw ang pipili kung ano ang isusulat mo.

minors-heading = Kung may sinasaktan na wala pang 18 taong gulang

danger-heading = May nasa panganib ba?
danger-now = Oo, ngayon mismo
danger-soon = Oo, ngayong araw o bukas
danger-not-now = Hindi ngayon
danger-hint = Kung ngayon mismo, tumawag sa 911 kung kaya mo. Baka ilang oras pa bago namin ito mabasa.

about-heading = Tungkol ito kanino?
about-self = Sa akin
about-other = Sa isang kilala ko
about-seen = Sa isang nakita ko o narinig ko
about-group = Sa isang grupo ng mga tao
minor-heading = May wala pa bang 18 taong gulang?
minor-hint = Tinatanong namin para mas mabilis kaming kumilos.

story-heading = Ano ang nangyayari?
story-free = Isulat kung gaano karami o kakaunti ang gusto mo. Magsimula kung saan mo gusto. Ayos na ang ilang salita. Hindi mahalaga ang baybay. Gumamit ng kahit anong wika.
story-gentle = Hindi mo kailangang sabihin ang bawat bagay na ginawa sa iyo. Hindi ito salaysay sa pulis. Hindi mo kasalanan ang ginawa sa iyo.

signs-heading = May totoo ba sa mga ito?
signs-what = Markahan ang totoo. Laktawan ang iba.
sign-takes-money = May kumukuha ng perang kinikita nila.
sign-takes-money-me = May kumukuha ng perang kinikita ko.
sign-debt = May utang sila na hindi nila mababayaran kailanman.
sign-debt-me = May utang ako na hindi ko mababayaran kailanman.
sign-keeps-id = May nagtatago ng ID o pasaporte nila.
sign-keeps-id-me = May nagtatago ng ID o pasaporte ko.
sign-cannot-leave = Hindi sila malayang umalis at bumalik.
sign-cannot-leave-me = Hindi ako malayang umalis at bumalik.
sign-watched = May laging nakabantay sa kanila o tumitingin sa telepono nila.
sign-watched-me = May laging nakabantay sa akin o tumitingin sa telepono ko.
sign-hurt = May nananakit sa kanila, o nagsasabing sasaktan sila.
sign-hurt-me = May nananakit sa akin, o nagsasabing sasaktan ako.
sign-hurt-family = May nagsasabing sasaktan niya ang pamilya nila.
sign-hurt-family-me = May nagsasabing sasaktan niya ang pamilya ko.
sign-call-police = May nagsasabing isusumbong sila sa pulis o sa immigration.
sign-call-police-me = May nagsasabing isusumbong ako sa pulis o sa immigration.
sign-sex-for-needs = Kailangan nilang makipagtalik para magkapera, makakain, magkadroga, o may matuluyan.
sign-sex-for-needs-me = Kailangan kong makipagtalik para magkapera, makakain, magkadroga, o may matuluyan.
sign-sex-photos = May nagpapakalat o nagbebenta ng mga sex photo nila.
sign-sex-photos-me = May nagpapakalat o nagbebenta ng mga sex photo ko.
sign-long-hours = Mahaba ang oras ng trabaho nila at maliit o walang bayad.
sign-long-hours-me = Mahaba ang oras ng trabaho ko at maliit o walang bayad.
sign-job-not-as-told = Iba ang trabaho sa sinabi sa kanila.
sign-job-not-as-told-me = Iba ang trabaho sa sinabi sa akin.
sign-drugs = May gumagamit ng droga o alak para kontrolin sila.
sign-drugs-me = May gumagamit ng droga o alak para kontrolin ako.
sign-dont-know = Hindi ko alam.
signs-photos = Huwag magpadala ng hubad o sex photo ng sinumang wala pang 18 taong gulang. Sabihin lang sa amin ang tungkol dito. May libreng site na Take It Down na puwedeng tumulong na maalis ang mga ito sa internet.

place-heading = Saan ito?
place-what = Kalye, tindahan, hotel, numero ng kuwarto, website, o app. Kung hindi mo alam ang lugar, sabihin kung ano ang nakikita o naririnig mo.
when-heading = Kailan sila naroon?
when-heading-me = Kailan ka naroon?
when-what = Nakakatulong ang mga araw at oras. Sabihin kung baka ilipat sila agad.
when-what-me = Nakakatulong ang mga araw at oras. Sabihin kung baka ilipat ka agad.

suspects-heading = Sino ang gumagawa nito?
suspects-what = Mga pangalan o palayaw. Ano ang itsura nila. Mga tattoo. Numero ng telepono. Mga user name. Mga sasakyan at plaka. Sabihin ang alam mo. Ayos na ang kaunti.

basis-heading = Paano mo ito nalaman?
basis-self = Nangyayari ito sa akin
basis-saw = Nakita ko
basis-person-told = Sinabi sa akin ng taong iyon
basis-other-told = Sinabi sa akin ng iba
basis-online = Nakita ko online
checkable-heading = May masasabi ka bang isang bagay na puwede naming tiyakin?
checkable-what = Halimbawa, isang kotse na dumarating tuwing Biyernes.

readers-heading = Sino ang puwedeng magbasa nito?
readers-what = Ikaw ang pipili. Ang mga grupong mamarkahan mo lang ang makakabukas nito. Ikinakandado ito ng pahinang ito para walang ibang makabukas.
readers-seen = Karamihan ng mga may nakita ay pumipili sa help line at sa pulis.
readers-alone = Iisang tao lang ang nagbabasa roon.
readers-or = o
readers-unsure = Hindi ko alam. Ipadala muna ito sa help line.
exclude-heading = May kasali ba sa problema na nasa mga grupong ito?
exclude-what = Sabihin kung aling grupo o tao. Hindi namin ibibigay ang susi sa grupong iyon. Babalaan namin ang iba na huwag itong ipakita sa kanila.
exclude-text = Isang tao ba ito? Sabihin kung sino.
exclude-police = Isa ba itong pulis? Kung ganoon, baka mas mabuting piliin ang mga grupong ito:

share-heading = Puwede ba nila itong ibahagi para makakuha ng tulong?
share-facts = Ang nangyari lang, walang kahit isang salita tungkol sa akin
share-all = Lahat, sa mga taong makakatulong
share-none = Wala, tanungin muna ako
share-dont-know = Hindi ko alam

contact-heading = Puwede ba kaming sumagot sa iyo?
contact-code = Oo, dito. Babalik ako na may lihim na code.
contact-other = Oo, sa ibang paraan.
contact-none = Hindi. Huwag sumagot.
contact-how = Ano ang ligtas na paraan para maabot ka?
contact-when = Anong mga araw at oras ang ligtas?
contact-ask-for = Anong pangalan ang hahanapin namin?
contact-message = Ligtas bang mag-iwan ng mensahe?
contact-cover = Ano ang sasabihin namin kung iba ang sumagot?
contact-hint = Hindi kami tatawag o magte-text maliban kung sabihin mong ligtas ito.

check-heading = Tingnan ang isinulat mo
check-not-sent = Hindi pa ito naipapadala.
check-readers = Ang mga grupong pinili mo lang ang makakabukas nito:
check-left-out = Hindi ito mabubuksan ng mga grupong ito:
check-change-now = Puwede mo pa itong baguhin ngayon. Kapag naipadala na, hindi mo na ito mababawi.
check-add = Puwede kang magdagdag pa mamaya gamit ang code mo.
check-send = Ipadala
check-change = Baguhin
check-leave = Umalis na at burahin ito

send-again = Ipadala ulit
sending = Ipinapadala. Manatili sa pahinang ito.
maybe-sent = Sa alam namin, hindi ito naipadala. Pero baka may isang subok na nakarating. Ipadala ito para sigurado. Kung babaguhin mo muna, baka pareho nilang matanggap.
sending-again = Hindi pa ito nakakarating. Sinusubukan namin ulit. Manatili sa pahinang ito.

sent-heading = Naipadala na
sent-next = Ano ang susunod.
sent-next-text = May taong magbabasa nito. Kung may nasa panganib ngayon, sinisikap naming basahin ito sa loob ng { $urgent_time }. Kung wala, puwede itong umabot ng { $normal_time }.
sent-leave = Umalis sa pahinang ito

problem-heading = May problema
problem-empty = Magsulat ng ilang salita, para may maipadala.
problem-no-readers = Pumili ng kahit isang grupo na magbabasa nito.
problem-too-long = Masyadong mahaba ito para ipadala. Narito pa ang mga salita mo. Paikliin ito. Puwede mong ipadala ang iba sa bagong mensahe.
problem-lost = Hindi namin ito naipadala. Narito pa ang mga salita mo. Tingnan ang signal mo. Tapos i-tap ang Ipadala ulit.
problem-busy = Hindi namin ito naipadala. Narito pa ang mga salita mo. Masyadong marami ang dumating nang sabay. Maghintay sandali. Tapos i-tap ang Ipadala ulit.
problem-paused = Hindi namin ito naipadala. Hindi kami tumatanggap ng mensahe rito ngayon. Narito pa ang mga salita mo. Tumawag o mag-text sa help line, o subukan ulit mamaya.
problem-no-code = Hindi puwede ang lihim na code ngayon. Tingnan ang signal mo at subukan ulit. O tumuloy nang walang code.
problem-stale = Masyadong luma ang pahinang ito, kaya hindi namin ito naipadala. Narito pa ang mga salita mo. Basahin o kopyahin ang mga ito ngayon. Tapos i-load ulit ang pahina at ibalik ang mga ito. Baka may kopyang maiwan sa teleponong ito nang ilang sandali.

code-heading = Ang code mo
code-text = Kabisaduhin ito, o isulat kung saan walang titingin. Huwag mag-screenshot kung may tumitingin sa phone mo. Hindi namin maibabalik ang code para sa iyo.
code-back = Bumalik dito at i-type ang code mo para makita kung sumulat kami sa iyo. Puwede ka ring magkuwento pa noon.
code-fast = Puwede kang bumalik para magkuwento pa, at para makita kung sumulat kami sa iyo. Kailangan mo ng lihim na code para dito.
code-show = Ipakita ang code ko
code-try = I-type ang code ko nang isang beses, para makabisado
code-try-heading = I-type ang code mo nang isang beses
code-try-what = Tulong ito para makabisado mo. Mananatili ito sa page na ito.
code-try-check = Suriin ang mga salita ko
code-try-right = Tama iyan.
code-again = Ipakita ulit ang code ko
code-question = May bagay ba na ikaw lang ang may alam? Sumulat ng tanong tungkol dito. Puwede namin itong itanong sa iyo, para sigurado kaming ikaw nga.

code-enter-heading = I-type ang code mo
code-enter-what = I-type ang lahat ng walong salita, may espasyo pagkatapos ng bawat isa. Sapat na ang unang apat na letra ng bawat salita.
code-enter = Tingnan kung may sulat sa akin
code-asking = Tinitingnan namin. Manatili muna sa page na ito.
code-count = Kailangan namin ng walong salita. { $count } ang na-type mo.
code-unknown = Wala sa listahan namin ang salita { $number }: { $word }.
code-nearest = Isa ba sa mga ito? { $words }.
code-mismatch = Hindi tugma ang code na iyan. Tingnan ang bawat salita at subukan ulit.
code-lost = Hindi namin natingnan. Narito pa rin ang mga salita mo. Tingnan ang signal mo. Pagkatapos, subukan ulit.
code-busy = Hindi namin natingnan. Narito pa rin ang mga salita mo. Masyadong maraming dumating nang sabay. Maghintay sandali. Pagkatapos, subukan ulit.

code-box-heading = Ang isinulat namin sa iyo
code-empty = Wala pang laman dito para sa code na ito. Baka hindi pa namin nabasa ang mensahe mo. Tingnan ulit pagkalipas ng isa o dalawang araw.
code-unread = May isa pa rito, pero hindi ito mabuksan.
code-older = Ipakita ang mga mas lumang sagot
code-older-lost = Hindi namin natingnan. Tingnan ang signal mo. Pagkatapos, subukan ulit.
code-older-busy = Hindi namin natingnan. Masyadong maraming dumating nang sabay. Maghintay sandali. Pagkatapos, subukan ulit.
code-from = Isinulat namin ito noong { $date }:
code-stay = Puwede kang bumalik at basahin ulit ito. Mabubura ito { $days } araw pagkatapos ng huli mong pagtingin.
code-no-echo = Hindi namin ipinapakita ang ipinadala mo. Kaya walang makakabasa nito kahit makita ang code mo.
code-more = Magkuwento pa, o baguhin ang gusto ko
code-stop = Pakihinto na
code-wipe = Burahin ang isinulat sa akin
code-wipe-heading = Burahin ang isinulat namin sa iyo?
code-wipe-what = Mawawala na ito nang tuluyan. Walang magsasabi sa amin na ginawa mo ito. Nasa amin pa rin ang ipinadala mo. Kung kasusulat lang namin, puwede pa itong dumating.
code-wipe-yes = Oo, burahin
code-wipe-lost = Hindi namin alam kung nabura ito. Tingnan ang signal mo. Pagkatapos, subukan ulit.
code-wipe-busy = Hindi namin alam kung nabura ito. Masyadong maraming dumating nang sabay. Maghintay sandali. Pagkatapos, subukan ulit.
code-wiped = Wala na ito.
code-leave = Umalis sa page na ito

code-more-heading = Ano ang gusto mong idagdag?
code-more-what = Sumulat nang marami o kaunti, kung ano ang gusto mo. Puwede mo itong laktawan, at baguhin lang kung sino ang puwedeng magbahagi nito o kung puwede kaming sumulat sa iyo. Hindi namin maipapakita ang ipinadala mo noon.
code-readers = Pumili ulit. Mahigpit naming isinasara ang mga salita mo, kaya hindi malalaman ng page na ito kung sino ang pinili mo noong huli.

code-file-add = Magdagdag ng photo o file
code-file-heading = Magdagdag ng photo o file
code-file-what = Nasa amin na ang mga salita mo. Puwede ka nang magpadala ng photo o file kasama nito. Ang mga nakakabasa lang ng mga salita mo ang makakabukas. Puwede mo itong laktawan.
code-file-note = Puwedeng may nakatagong tala sa photo kung saan at kailan ito kinuha. Inaalis muna namin ang talang iyon. Hindi namin maitatago ang makikita sa photo. Tingnan kung may mukha, kuwarto, at karatula.
code-file-pick = Pumili ng photo o file
code-file-photo = Photo { $number }
code-file-other = File { $number }
code-file-size = { $all } MB
code-file-clean = Inalis na ang nakatagong tala.
code-file-keep = Iwan ang nakatagong tala. Baka makatulong itong mahanap ang isang tao.
code-file-unclean = Hindi namin maalis ang nakatagong tala rito. Baka sabihin nito kung saan at kailan ito ginawa, at sa phone nino.
code-file-shot = Subukan ang screenshot nito.
code-file-as-is = Ipadala ito nang ganito
code-file-remove = Alisin sa listahan
code-file-send = Ipadala
code-file-hold = Ihinto muna
code-file-go-on = Ituloy
code-file-none = Pumili muna ng photo o file.
code-file-decide = Sabihin kung ipapadala namin ito nang ganito. O alisin ito sa listahan.
code-file-big = Masyadong malaki ang file na iyan. Subukan ang mas maliit sa { $max } MB.
code-file-unread = Hindi namin mabasa ang file na iyan. Subukang piliin ulit.
code-file-changed = Hindi na namin ito mabasa: { $name }. Alisin ito sa listahan. Tapos i-tap ang Ituloy.
code-file-sending = Nagpapadala kami. Panatilihing bukas ang page na ito at ang screen.
code-file-again = Mahina ang signal. Sinusubukan namin ulit.
code-file-far = { $done } sa { $all } MB ang naipadala.
code-file-left = Mga { $minutes } min pa.
code-file-held = Nakahinto ito. I-tap ang Ituloy kapag gusto mo na.
code-file-lost = Hindi namin naipadala lahat. Itatago muna namin ang nasa amin. Tingnan ang signal mo. Tapos i-tap ang Ituloy.
code-file-busy = Hindi namin naipadala lahat. Masyadong maraming dumating nang sabay. Maghintay sandali. Tapos i-tap ang Ituloy.
code-file-too-much = Sobra na ito para sa amin. Mag-alis ng ilan sa listahan. Tapos i-tap ang Ituloy.
code-file-refused = Hindi namin natanggap ang mga ito. Nasa amin na ang mga salita mo.
code-file-done = Nasa amin na lahat. Puwede kang magdagdag pa, o umalis sa page na ito.

## Speaking instead of writing

code-voice-add = I-record ang boses mo
code-voice-heading = I-record ang boses mo
code-voice-what = Puwede kang magsalita at ipadala iyon. Binabago namin ang tunog ng boses mo. Pero puwede pa ring makilala ng mga kakilala mo ang boses at ang mga salitang gamit mo.
code-voice-trace = Puwedeng itala ng phone mo na gumamit ng mic ang page na ito. Tiyakin na walang malapit na makakarinig sa iyo.
code-voice-start = Simulan
code-voice-stop = Ihinto
code-voice-ask = Puwedeng itanong ng phone mo kung puwede naming gamitin ang mic.
code-voice-going = Naka-on na ito. Puwede kang magsalita nang { $minutes } min. I-tap ang Ihinto kapag tapos ka na.
code-voice-wait = Binabago namin ang boses mo.
code-voice-none = Hindi namin nagamit ang mic. Nasa amin na ang mga salita mo. Puwede mong subukan ulit, o bumalik.
code-voice-item = Boses { $number }
code-voice-changed = Ganito ang tunog mo ngayon. Pakinggan mo muna. Hinaan kung may tao sa malapit.
code-voice-play = Pakinggan

file-more = Walang signal? O may file na ipapadala?
file-save-what = Puwede mong i-save ang pahinang ito sa telepono mo. Gumagana ito nang walang signal. Ikinakandado nito ang mga salita mo sa isang file, at ipapadala mo iyon mamaya. Pero makikita ang pahina at ang file sa telepono mo hanggang burahin mo ang mga ito.
file-save = I-save ang pahinang ito
file-save-script = Kailangan din ng JavaScript ang pahinang isini-save mo. Buksan ito kung saan naka-on ang JavaScript.
file-send-what = May nakakandado ka bang file mula sa pahina namin? Ipadala ito dito. Ang file na iyon lang ang piliin, wala nang iba. Huwag palitan ang pangalan nito.
file-send = Ipadala ang file
file-wrong = Hindi ito nakakandadong file mula sa pahina namin. Hindi ito naipadala. Piliin ang tama.

offline-what = Na-save mo ang pahinang ito. Hindi ito makakapagpadala. Ikinakandado nito ang mga salita mo sa isang file. Ikaw ang magpapadala ng file mula sa site namin, o ibigay ito sa taong pinagkakatiwalaan mo.
offline-lock = Ikandado sa isang file
offline-locking = Ikinakandado ang mga salita mo. Manatili sa pahinang ito.
offline-heading = Handa na ang file mo
offline-file = Tingnan kung saan inilalagay ng telepono mo ang mga na-download. Ang pangalan nito ay { $file }. Ang mga grupong pinili mo lang ang makakabukas nito. Hindi pa ito naipapadala.
offline-next = Para ipadala ito, pumunta sa site kung saan mo nakuha ang pahinang ito. I-tap ang “{ file-more }” at piliin doon ang file. O ipagawa ito sa taong pinagkakatiwalaan mo. Gawin ito bago ang { $date }.
offline-keep = Nasa pahinang ito pa ang mga salita mo. Nasa iyo na ba ang file? Kung oo, umalis sa pahinang ito. Mabubura ang mga salita rito. Hindi mabubura ang file.
offline-again = I-save ulit ang file

sealed-file = Puwede mo nang burahin ang file sa teleponong ito. Nakakandado ito. Pero puwede nitong ipakita na sumulat ka sa amin.
sealed-again = Hindi ito naipadala. Masyadong marami ang dumating nang sabay, o mabagal ang koneksyon. Nasa iyo pa ang file mo. Maghintay sandali. Tapos bumalik at ipadala ulit ito.
sealed-paused = Hindi ito naipadala. Hindi kami tumatanggap ng mensahe rito ngayon. Nasa iyo pa ang file mo. Pakipadala ito mamaya.
sealed-wrong = Hindi ito naipadala. Hindi ito nakakandadong file mula sa pahina namin, o may kulang na bahagi. Piliin ang tama. Kung tama na ito, gumawa ng bago, at iyon ang ipadala.
sealed-stale = Hindi ito naipadala. Masyadong luma na ang file na ito. I-save ulit ang pahina namin. Gumawa ng bagong file gamit iyon, at iyon ang ipadala.
sealed-other-site = Hindi ito naipadala. Ginawa ang file na ito para sa ibang site, at walang makapagbubukas nito rito. Ipadala ito roon. O i-save ang pahina namin, gumawa ng bagong file gamit iyon, at iyon ang ipadala.
sealed-remake = Hindi ito naipadala. Hindi namin matatanggap ang file na ito. Baka masyadong luma na ito, o hindi ito ang file na ginawa ng pahina namin. Bumalik, gumawa ng bago, at iyon ang ipadala.
