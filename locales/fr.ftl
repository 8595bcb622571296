# Français. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# Spoken to as "vous", which offends nobody. 911 and Take It Down stay as they are; the Shift key is called Maj on French keyboards.

title = Formulaire de contact
title-error = Erreur : Formulaire de contact

leave = Partir vite
cover = Chargement.
away = Nous avons caché la page pendant votre absence. Touchez pour continuer.
back = Retour
next = Suivant
count = Écran { $screen } sur { $screens }
skip = Vous pouvez passer cette question.
not-sure = Je ne sais pas bien
no-say = Je ne veux pas le dire
yes = Oui
no = Non
sentence-end = .

languages = Langues
start-heading = Dites-nous ce qui se passe
start-what = Ici, vous pouvez envoyer un message à des gens dont le travail est d’aider. Vous n’avez pas à donner votre nom. Vous pouvez arrêter à tout moment.
start-danger = Si quelqu’un risque d’être blessé maintenant, appelez le 911.
start-danger-text = Si vous ne pouvez pas parler, essayez d’envoyer un SMS au 911. Cela ne marche pas partout.
start-talk = Vous voulez parler à quelqu’un ? Appelez la ligne d’aide au { $hotline_phone }. Ou envoyez un SMS au { $hotline_text }. C’est gratuit, jour et nuit. Au téléphone, vous pouvez demander votre langue.
start-button = Commencer
start-fast-button = Je n’ai qu’une minute
start-code-button = J’ai un code
start-safe-button = Comment rester à l’abri pendant ce temps
start-scared-button = J’ai peur de ce qui peut m’arriver

no-script = Cette page a besoin de JavaScript pour mettre vos mots sous clé. Il est éteint, donc nous ne prenons pas de message ici. Appelez la ligne d’aide ou envoyez un SMS.
old-browser = Ce navigateur est trop vieux pour mettre vos mots sous clé. Essayez-en un plus récent, ou appelez la ligne d’aide ou envoyez un SMS.
old-page = Cette page n’est plus à jour et ne peut pas mettre vos mots sous clé. Chargez-la encore. Si vous voyez toujours ceci, appelez la ligne d’aide ou envoyez un SMS.
help-line = La ligne d’aide :
help-line-call = appelez le { $hotline_phone }
help-line-text = ou envoyez un SMS au { $hotline_text }.
waiting = Chargement.
waiting-long = Toujours rien ? Chargez encore la page, ou appelez la ligne d’aide ou envoyez un SMS. Si cela n’aide pas, ce navigateur est peut-être trop vieux pour mettre vos mots sous clé.

closed-heading = Nous ne pouvons pas prendre de message ici pour le moment
closed-what = Cette page n’est pas encore prête, ou elle n’est plus à jour. Vous n’avez rien fait de mal. Essayez plus tard, s’il vous plaît.
closed-busy = Trop de choses sont arrivées en même temps. Vous n’avez rien fait de mal. Attendez un peu. Puis chargez encore une fois cette page.
paused-what = Nous ne prenons pas de messages ici en ce moment. Vous n’avez rien fait de mal. Essayez plus tard, s’il vous plaît.
paused-until = Nous espérons en reprendre le { $date }.

fast-heading = Je n’ai qu’une minute
fast-what = Écrivez ce que nous devons savoir. Où ? Qui ? Quelqu’un est en danger maintenant ?
fast-readers = Seule la ligne d’aide peut ouvrir ceci.
fast-send = Envoyer maintenant
typing-keys = La touche Retour de votre téléphone ferme cette page et efface vos mots.

scared-heading = J’ai peur de ce qui peut m’arriver

before-heading = Avant de commencer
before-phone = Est-ce que quelqu’un regarde votre téléphone ? Est-il près de vous maintenant ? Si oui, il vaut mieux attendre. Prenez un téléphone ou un ordinateur qu’il ne touche jamais. Il y en a parfois dans une bibliothèque, une école ou une clinique.
before-leave = Vous verrez un bouton { leave }. Il est en haut de chaque page. Touchez-le pour fermer cette page vite. Il ouvre { $exit_host }. Tout ce que vous avez écrit est effacé.
before-shift = Vous pouvez aussi appuyer trois fois sur la touche Maj.
before-history = { leave } ne peut pas effacer votre historique. Ce téléphone peut encore montrer que vous êtes venu sur ce site. Si quelqu’un a mis une application espion dans votre téléphone, il peut voir ce que vous écrivez.
before-private = Une fenêtre privée aide. Votre téléphone et son clavier gardent moins de choses. Ouvrez-en une avant de commencer, si vous pouvez.
before-clear = Faites attention si vous effacez votre historique. Effacez seulement ce site. Un historique vide peut sembler bizarre à celui qui regarde.
before-name = Nous ne demandons pas votre nom. Nous ne gardons pas l’adresse internet de votre téléphone. Nous mettons vos mots sous clé avant qu’ils quittent votre téléphone. Mais rien n’est sûr dans tous les cas. C’est vous qui choisissez quoi écrire.

minors-heading = Si on fait du mal à une personne de moins de 18 ans

danger-heading = Quelqu’un est-il en danger ?
danger-now = Oui, en ce moment
danger-soon = Oui, aujourd’hui ou demain
danger-not-now = Pas en ce moment
danger-hint = Si c’est en ce moment, appelez le 911 si vous pouvez. Nous ne lirons peut-être pas ceci avant quelques heures.

about-heading = De qui s’agit-il ?
about-self = De moi
about-other = De quelqu’un que je connais
about-seen = De quelqu’un que j’ai vu ou dont j’ai entendu parler
about-group = D’un groupe de gens
minor-heading = Est-ce que quelqu’un a moins de 18 ans ?
minor-hint = Nous le demandons pour agir plus vite.

story-heading = Que se passe-t-il ?
story-free = Écrivez beaucoup ou peu, comme vous voulez. Commencez où vous voulez. Quelques mots suffisent. Les fautes ne comptent pas. Prenez n’importe quelle langue.
story-gentle = Vous n’avez pas à nous dire chaque chose qu’on vous a faite. Ceci n’est pas une déposition à la police. Ce qu’on vous a fait n’est pas votre faute.

signs-heading = Est-ce que l’une de ces choses est vraie ?
signs-what = Cochez ce qui est vrai. Passez le reste.
sign-takes-money = Quelqu’un prend l’argent qu’ils gagnent.
sign-takes-money-me = Quelqu’un prend l’argent que je gagne.
sign-debt = Ils doivent de l’argent qu’ils ne pourront jamais rendre.
sign-debt-me = Je dois de l’argent que je ne pourrai jamais rendre.
sign-keeps-id = Quelqu’un garde leurs papiers ou leur passeport.
sign-keeps-id-me = Quelqu’un garde mes papiers ou mon passeport.
sign-cannot-leave = Ils ne peuvent pas aller et venir comme ils veulent.
sign-cannot-leave-me = Je ne peux pas aller et venir comme je veux.
sign-watched = Quelqu’un reste toujours avec eux ou regarde leur téléphone.
sign-watched-me = Quelqu’un reste toujours avec moi ou regarde mon téléphone.
sign-hurt = Quelqu’un leur fait du mal, ou dit qu’il va le faire.
sign-hurt-me = Quelqu’un me fait du mal, ou dit qu’il va le faire.
sign-hurt-family = Quelqu’un dit qu’il fera du mal à leur famille.
sign-hurt-family-me = Quelqu’un dit qu’il fera du mal à ma famille.
sign-call-police = Quelqu’un dit qu’il va les signaler à la police ou à l’immigration.
sign-call-police-me = Quelqu’un dit qu’il va me signaler à la police ou à l’immigration.
sign-sex-for-needs = Ils doivent avoir des rapports sexuels pour de l’argent, à manger, de la drogue ou un endroit où dormir.
sign-sex-for-needs-me = Je dois avoir des rapports sexuels pour de l’argent, à manger, de la drogue ou un endroit où dormir.
sign-sex-photos = Quelqu’un montre ou vend des photos sexuelles d’eux.
sign-sex-photos-me = Quelqu’un montre ou vend des photos sexuelles de moi.
sign-long-hours = Ils travaillent de longues heures pour peu d’argent ou pour rien.
sign-long-hours-me = Je travaille de longues heures pour peu d’argent ou pour rien.
sign-job-not-as-told = Le travail n’est pas celui qu’on leur avait dit.
sign-job-not-as-told-me = Le travail n’est pas celui qu’on m’avait dit.
sign-drugs = Quelqu’un se sert de drogue ou d’alcool pour les tenir.
sign-drugs-me = Quelqu’un se sert de drogue ou d’alcool pour me tenir.
sign-dont-know = Je ne sais pas.
signs-photos = N’envoyez pas de photos nues ou sexuelles d’une personne de moins de 18 ans. Parlez-nous-en seulement. Un site gratuit, Take It Down, peut aider à les faire enlever d’internet.

place-heading = Où est-ce ?
place-what = Une rue, un magasin, un hôtel, un numéro de chambre, un site ou une application. Si vous ne connaissez pas l’endroit, dites-nous ce que vous pouvez voir ou entendre.
when-heading = Quand sont-ils là ?
when-heading-me = Quand êtes-vous là ?
when-what = Les jours et les heures aident. Dites-nous si on peut bientôt les emmener ailleurs.
when-what-me = Les jours et les heures aident. Dites-nous si on peut bientôt vous emmener ailleurs.

suspects-heading = Qui fait cela ?
suspects-what = Noms ou surnoms. De quoi ils ont l’air. Tatouages. Numéros de téléphone. Noms d’utilisateur. Voitures et plaques. Dites-nous ce que vous savez. Un peu, c’est déjà bien.

basis-heading = Comment le savez-vous ?
basis-self = Cela m’arrive à moi
basis-saw = Je l’ai vu
basis-person-told = La personne me l’a dit
basis-other-told = Quelqu’un d’autre me l’a dit
basis-online = Je l’ai vu sur internet
checkable-heading = Pouvez-vous nous dire une chose que nous pourrions vérifier ?
checkable-what = Par exemple, une voiture qui vient chaque vendredi.

readers-heading = Qui peut lire ceci ?
readers-what = C’est vous qui choisissez. Seuls les groupes que vous cochez peuvent l’ouvrir. Cette page le met sous clé pour que personne d’autre ne le puisse.
readers-seen = Les gens qui ont vu quelque chose choisissent le plus souvent la ligne d’aide et la police.
readers-alone = Une seule personne y lit.
readers-or = ou
readers-unsure = Je ne sais pas. Envoyez-le d’abord à la ligne d’aide.
exclude-heading = Quelqu’un dans ces groupes fait-il partie du problème ?
exclude-what = Dites-nous quel groupe ou quelle personne. Nous ne donnerons pas la clé à ce groupe. Nous dirons aux autres de ne rien leur montrer.
exclude-text = Est-ce une personne ? Dites-nous qui.
exclude-police = Est-ce quelqu’un de la police ? Alors il vaut peut-être mieux choisir ces groupes :

share-heading = Peuvent-ils en parler à d’autres pour vous aider ?
share-facts = Seulement les faits, pas un mot sur moi
share-all = Tout, à des gens qui peuvent aider
share-none = Rien, demandez-moi d’abord
share-dont-know = Je ne sais pas

contact-heading = Pouvons-nous vous répondre ?
contact-code = Oui, ici. Je reviendrai avec un code secret.
contact-other = Oui, d’une autre façon.
contact-none = Non. Ne me répondez pas.
contact-how = Quelle est une façon sûre de vous joindre ?
contact-when = Quels jours et quelles heures sont sûrs ?
contact-ask-for = Quel nom devons-nous demander ?
contact-message = Est-ce sûr de laisser un message ?
contact-cover = Que devons-nous dire si quelqu’un d’autre répond ?
contact-hint = Nous ne vous appellerons pas et n’enverrons pas de SMS si vous ne dites pas que c’est sûr.

check-heading = Relisez ce que vous avez écrit
check-not-sent = Ce n’est pas encore envoyé.
check-readers = Seuls les groupes que vous avez choisis peuvent l’ouvrir :
check-left-out = Ces groupes ne peuvent pas l’ouvrir :
check-change-now = Vous pouvez encore le changer. Une fois envoyé, vous ne pouvez plus le reprendre.
check-add = Plus tard, vous pourrez en dire plus avec votre code.
check-send = Envoyer
check-change = Changer
check-leave = Partir vite et tout effacer

send-again = Envoyer encore
sending = Envoi en cours. Restez sur cette page, s’il vous plaît.
maybe-sent = Pour autant que nous sachions, ce n’est pas envoyé. Mais un essai a pu passer. Envoyez-le pour être sûr. Si vous le changez avant, ils peuvent recevoir les deux.
sending-again = Ce n’est pas encore passé. Nous essayons encore. Restez sur cette page, s’il vous plaît.

sent-heading = C’est envoyé
sent-next = La suite.
sent-next-text = Une personne va lire ceci. Si quelqu’un est en danger maintenant, nous essayons de le lire en { $urgent_time }. Sinon, cela peut prendre { $normal_time }.
sent-leave = Quitter cette page

problem-heading = Il y a un problème
problem-empty = Écrivez quelques mots, pour qu’il y ait quelque chose à envoyer.
problem-no-readers = Choisissez au moins un groupe pour lire ceci.
problem-too-long = C’est trop long à envoyer. Vos mots sont toujours là. Faites plus court. Vous pouvez envoyer le reste dans un autre message.
problem-lost = Nous n’avons pas pu l’envoyer. Vos mots sont toujours là. Vérifiez votre réseau. Puis touchez Envoyer encore.
problem-busy = Nous n’avons pas pu l’envoyer. Vos mots sont toujours là. Trop de choses sont arrivées en même temps. Attendez un peu. Puis touchez Envoyer encore.
problem-paused = Nous n’avons pas pu l’envoyer. Nous ne prenons pas de messages ici en ce moment. Vos mots sont toujours là. Appelez la ligne d’aide ou écrivez-lui, ou essayez plus tard.
problem-no-code = Il ne peut pas y avoir de code secret en ce moment. Vérifiez votre réseau et essayez encore. Ou continuez sans code.
problem-stale = Cette page est trop vieille, et nous n’avons pas pu l’envoyer. Vos mots sont toujours là. Lisez-les ou copiez-les maintenant. Puis chargez encore la page et remettez-les. Une copie peut rester un moment dans ce téléphone.

code-heading = Votre code
code-text = Apprenez-le, ou notez-le là où personne ne regardera. Ne faites pas de capture d’écran si quelqu’un regarde votre téléphone. Nous ne pouvons pas retrouver le code pour vous.
code-back = Revenez ici et tapez votre code pour voir si nous vous avons écrit. Vous pourrez aussi nous en dire plus.
code-fast = Vous pouvez revenir pour nous en dire plus, et pour voir si nous vous avons écrit. Pour cela, il vous faut un code secret.
code-show = Montrer mon code
code-try = Taper mon code une fois, pour l’apprendre
code-try-heading = Tapez votre code une fois
code-try-what = Cela vous aide à l’apprendre. Cela reste sur cette page.
code-try-check = Vérifier mes mots
code-try-right = C’est juste.
code-again = Me montrer mon code encore une fois
code-question = Y a-t-il une chose que vous êtes seul à savoir ? Écrivez une question sur cette chose. Nous pourrons vous la poser, pour être sûrs que c’est vous.

code-enter-heading = Tapez votre code
code-enter-what = Tapez les huit mots, avec un espace après chacun. Les quatre premières lettres de chaque mot suffisent.
code-enter = Voir si on m’a écrit
code-asking = Nous regardons. Restez sur cette page, s’il vous plaît.
code-count = Il nous faut huit mots. Nombre de mots tapés : { $count }.
code-unknown = Le mot { $number } n’est pas dans notre liste : { $word }.
code-nearest = Est-ce l’un de ceux-ci ? { $words }.
code-mismatch = Ce code n’est pas le bon. Vérifiez chaque mot et essayez encore.
code-lost = Nous n’avons pas pu regarder. Vos mots sont toujours là. Vérifiez votre réseau. Puis essayez encore.
code-busy = Nous n’avons pas pu regarder. Vos mots sont toujours là. Trop de choses sont arrivées en même temps. Attendez un peu. Puis essayez encore.

code-box-heading = Ce que nous vous avons écrit
code-empty = Il n’y a rien ici pour ce code en ce moment. Nous n’avons peut-être pas encore lu votre message. Regardez encore dans un jour ou deux.
code-unread = Il y en a un de plus, mais il ne s’ouvre pas.
code-older = Montrer les réponses plus anciennes
code-older-lost = Nous n’avons pas pu regarder. Vérifiez votre réseau. Puis essayez encore.
code-older-busy = Nous n’avons pas pu regarder. Trop de choses sont arrivées en même temps. Attendez un peu. Puis essayez encore.
code-from = Nous avons écrit ceci le { $date } :
code-stay = Vous pouvez revenir et le relire. Il est effacé { $days } jours après votre dernière visite.
code-no-echo = Nous ne montrons pas ce que vous nous avez envoyé. Ainsi, si quelqu’un trouve votre code, il ne peut pas le lire.
code-more = En dire plus, ou changer ce que je veux
code-stop = Arrêtez, s’il vous plaît
code-wipe = Effacer ce qu’on m’a écrit
code-wipe-heading = Effacer ce que nous vous avons écrit ?
code-wipe-what = Ce sera perdu pour toujours. Personne ne nous dit que vous l’avez fait. Ce que vous nous avez envoyé reste chez nous. Si nous vous avons écrit il y a peu, cela peut encore arriver.
code-wipe-yes = Oui, effacer
code-wipe-lost = Nous ne savons pas si c’est effacé. Vérifiez votre réseau. Puis essayez encore.
code-wipe-busy = Nous ne savons pas si c’est effacé. Trop de choses sont arrivées en même temps. Attendez un peu. Puis essayez encore.
code-wiped = C’est effacé.
code-leave = Quitter cette page

code-more-heading = Que voulez-vous ajouter ?
code-more-what = Écrivez beaucoup ou peu, comme vous voulez. Vous pouvez passer cette étape et changer seulement qui peut le partager, ou si nous pouvons vous écrire. Nous ne pouvons pas montrer ce que vous avez déjà envoyé.
code-readers = Choisissez encore une fois, s’il vous plaît. Nous mettons si bien vos mots sous clé que cette page ne peut pas savoir qui vous avez choisi la dernière fois.

code-file-add = Ajouter des photos ou des fichiers
code-file-heading = Ajouter des photos ou des fichiers
code-file-what = Nous avons vos mots. Vous pouvez maintenant envoyer des photos ou des fichiers avec. Seuls ceux qui peuvent lire vos mots peuvent les ouvrir. Vous pouvez passer cela.
code-file-note = Une photo peut cacher une note qui dit où et quand elle a été prise. Nous enlevons d’abord cette note. Nous ne pouvons pas cacher ce que la photo montre. Regardez s’il y a des visages, des pièces, des panneaux.
code-file-pick = Choisir des photos ou des fichiers
code-file-photo = Photo { $number }
code-file-other = Fichier { $number }
code-file-size = { $all } Mo
code-file-clean = La note cachée est enlevée.
code-file-keep = Laisser la note cachée. Elle peut aider à trouver quelqu’un.
code-file-unclean = Nous ne pouvons pas enlever de note cachée ici. Elle peut dire où et quand c’est fait, et sur le téléphone de qui.
code-file-shot = Essayez une capture d’écran.
code-file-as-is = L’envoyer tel quel
code-file-remove = L’enlever de la liste
code-file-send = Envoyer
code-file-hold = Arrêter pour l’instant
code-file-go-on = Continuer
code-file-none = Choisissez d’abord une photo ou un fichier.
code-file-decide = Dites si nous devons l’envoyer tel quel. Ou enlevez-le de la liste.
code-file-big = Ce fichier est trop gros. Essayez un fichier de moins de { $max } Mo.
code-file-unread = Nous ne pouvons pas lire ce fichier. Essayez de le choisir encore.
code-file-changed = Nous ne pouvons plus lire ceci : { $name }. Enlevez-le de la liste. Puis touchez Continuer.
code-file-sending = Nous envoyons. Laissez cette page ouverte et l’écran allumé.
code-file-again = Le réseau est mauvais. Nous essayons encore.
code-file-far = { $done } sur { $all } Mo sont envoyés.
code-file-left = Il reste environ { $minutes } min.
code-file-held = C’est arrêté. Touchez Continuer quand vous voulez.
code-file-lost = Nous n’avons pas pu tout envoyer. Nous gardons un moment ce que nous avons. Vérifiez votre réseau. Puis touchez Continuer.
code-file-busy = Nous n’avons pas pu tout envoyer. Trop de choses sont arrivées en même temps. Attendez un peu. Puis touchez Continuer.
code-file-too-much = C’est trop pour nous. Enlevez quelque chose de la liste. Puis touchez Continuer.
code-file-refused = Nous n’avons pas pu les prendre. Nous avons vos mots.
code-file-done = Nous avons tout. Vous pouvez en ajouter, ou quitter cette page.

## Speaking instead of writing

code-voice-add = Enregistrer votre voix
code-voice-heading = Enregistrer votre voix
code-voice-what = Vous pouvez parler et envoyer cela. Nous changeons le son de votre voix. Mais ceux qui vous connaissent peuvent reconnaître la voix et vos mots.
code-voice-trace = Votre téléphone peut garder une trace que cette page a utilisé le micro. Vérifiez que personne ne peut vous entendre.
code-voice-start = Commencer
code-voice-stop = Arrêter
code-voice-ask = Votre téléphone peut demander si nous pouvons utiliser le micro.
code-voice-going = C’est en marche. Vous pouvez parler { $minutes } min. Touchez Arrêter quand vous avez fini.
code-voice-wait = Nous changeons votre voix.
code-voice-none = Nous n’avons pas pu utiliser le micro. Nous avons vos mots. Vous pouvez essayer encore, ou revenir.
code-voice-item = Voix { $number }
code-voice-changed = Voici comment vous sonnez maintenant. Écoutez d’abord. Mettez le son bas si quelqu’un est près.
code-voice-play = Écouter

file-more = Pas de réseau ? Ou un fichier à envoyer ?
file-save-what = Vous pouvez garder cette page dans votre téléphone. Elle marche sans réseau. Elle met vos mots sous clé dans un fichier, et vous l’envoyez plus tard. Mais on peut voir la page et le fichier dans votre téléphone tant que vous ne les effacez pas.
file-save = Garder cette page
file-save-script = La page que vous gardez a aussi besoin de JavaScript. Ouvrez-la là où il est allumé.
file-send-what = Avez-vous un fichier sous clé fait par notre page ? Envoyez-le ici. Choisissez ce fichier et aucun autre. Ne changez pas son nom.
file-send = Envoyer le fichier
file-wrong = Ce n’est pas un fichier sous clé de notre page. Il n’est pas envoyé. Choisissez le bon.

offline-what = Vous avez gardé cette page. Elle ne peut pas envoyer. Elle met vos mots sous clé dans un fichier. Vous envoyez le fichier depuis notre site, ou vous le donnez à quelqu’un de confiance.
offline-lock = Mettre sous clé dans un fichier
offline-locking = Nous mettons vos mots sous clé. Restez sur cette page, s’il vous plaît.
offline-heading = Votre fichier est prêt
offline-file = Regardez là où votre téléphone garde ce que vous téléchargez. Son nom est { $file }. Seuls les groupes que vous avez choisis peuvent l’ouvrir. Ce n’est pas encore envoyé.
offline-next = Pour l’envoyer, allez sur le site où vous avez pris cette page. Touchez « { file-more } » et choisissez le fichier. Ou demandez à quelqu’un de confiance de le faire pour vous. Faites-le avant le { $date }.
offline-keep = Vos mots sont toujours sur cette page. Avez-vous le fichier ? Alors quittez cette page. Cela efface les mots ici. Cela n’efface pas le fichier.
offline-again = Garder le fichier encore une fois

sealed-file = Vous pouvez maintenant effacer le fichier de ce téléphone. Il est sous clé. Mais il peut montrer que vous nous avez écrit.
sealed-again = Ce n’est pas envoyé. Trop de choses sont arrivées en même temps, ou la connexion était lente. Vous avez toujours votre fichier. Attendez un peu. Puis revenez en arrière et envoyez-le encore.
sealed-paused = Ce n’est pas envoyé. Nous ne prenons pas de messages ici en ce moment. Vous avez toujours votre fichier. Envoyez-le plus tard, s’il vous plaît.
sealed-wrong = Ce n’est pas envoyé. Ce n’est pas un fichier sous clé de notre page, ou il en manque une partie. Choisissez le bon. Si c’est déjà le bon, faites-en un nouveau et envoyez celui-là.
sealed-stale = Ce n’est pas envoyé. Ce fichier est trop vieux. Gardez encore une fois notre page. Faites avec elle un nouveau fichier et envoyez celui-là.
sealed-other-site = Ce n’est pas envoyé. Ce fichier a été fait pour un autre site, et ici personne ne peut l’ouvrir. Envoyez-le là-bas. Ou gardez notre page, faites avec elle un nouveau fichier et envoyez celui-là.
sealed-remake = Ce n’est pas envoyé. Nous ne pouvons pas prendre ce fichier. Il est peut-être trop vieux, ou ce n’est pas le fichier que notre page a fait. Revenez en arrière, faites-en un nouveau et envoyez celui-là.
