# Español. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# Spoken to as "tú", because it may be a child. 911, Shift and Take It Down stay as they are.

title = Formulario de contacto
title-error = Error: Formulario de contacto

leave = Salir ya
cover = Cargando.
away = Ocultamos la página porque te fuiste. Toca para seguir.
back = Atrás
next = Siguiente
count = Pantalla { $screen } de { $screens }
skip = Puedes saltar esto.
not-sure = No sé bien
no-say = Prefiero no decirlo
yes = Sí
no = No
sentence-end = .

languages = Idiomas
start-heading = Dinos qué está pasando
start-what = Aquí puedes mandar un mensaje a personas que trabajan para ayudar. No tienes que dar tu nombre. Puedes parar cuando quieras.
start-danger = Si alguien puede salir herido ahora mismo, llama al 911.
start-danger-text = Si no puedes hablar, prueba a mandar un mensaje de texto al 911. No funciona en todos los lugares.
start-talk = ¿Quieres hablar con una persona? Llama a la línea de ayuda al { $hotline_phone }. O manda un texto al { $hotline_text }. Es gratis, de día y de noche. Por teléfono puedes pedir tu idioma.
start-button = Empezar
start-fast-button = Solo tengo un minuto
start-code-button = Tengo un código
start-safe-button = Cómo cuidarte mientras haces esto
start-scared-button = Tengo miedo de lo que me pueda pasar

no-script = Esta página necesita JavaScript para poner tus palabras bajo llave. Está apagado, así que aquí no tomamos mensajes. Llama o manda un texto a la línea de ayuda.
old-browser = Este navegador es muy viejo para poner tus palabras bajo llave. Prueba con uno nuevo, o llama o manda un texto a la línea de ayuda.
old-page = Esta página ya no está al día y no puede poner tus palabras bajo llave. Cárgala otra vez. Si sigues viendo esto, llama o manda un texto a la línea de ayuda.
help-line = La línea de ayuda:
help-line-call = llama al { $hotline_phone }
help-line-text = o manda un texto al { $hotline_text }.
waiting = Cargando.
waiting-long = ¿Todavía no aparece? Carga la página otra vez, o llama o manda un texto a la línea de ayuda. Si eso no sirve, este navegador puede ser muy viejo para poner tus palabras bajo llave.

closed-heading = Ahora no podemos tomar mensajes aquí
closed-what = Esta página todavía no está lista, o ya no está al día. No hiciste nada malo. Prueba más tarde, por favor.
closed-busy = Llegó demasiado a la vez. No hiciste nada malo. Espera un poco. Luego carga esta página otra vez.
paused-what = Ahora mismo no recibimos mensajes aquí. No hiciste nada malo. Prueba más tarde, por favor.
paused-until = Esperamos recibirlos de nuevo el { $date }.

fast-heading = Solo tengo un minuto
fast-what = Escribe lo que debemos saber. ¿Dónde? ¿Quién? ¿Hay alguien en peligro ahora?
fast-readers = Solo la línea de ayuda puede abrir esto.
fast-send = Enviar ya
typing-keys = La tecla Atrás de tu teléfono cierra esta página y borra tus palabras.

scared-heading = Tengo miedo de lo que me pueda pasar

before-heading = Antes de empezar
before-phone = ¿Alguien revisa tu teléfono? ¿Está cerca de ti ahora? Si es así, es mejor esperar. Usa un teléfono o una computadora que esa persona nunca toque. Puede haber en una biblioteca, una escuela o una clínica.
before-leave = Vas a ver un botón que dice { leave }. Está arriba en cada página. Tócalo para cerrar esta página rápido. Abre { $exit_host }. Se borra todo lo que escribiste.
before-shift = También puedes pulsar la tecla Shift tres veces.
before-history = { leave } no puede borrar tu historial. Este teléfono todavía puede mostrar que viniste a este sitio. Si alguien puso una aplicación espía en tu teléfono, puede ver lo que escribes.
before-private = Una ventana privada ayuda. El teléfono y su teclado guardan menos. Abre una antes de empezar, si puedes.
before-clear = Ten cuidado si borras tu historial. Borra solo este sitio. Un historial vacío puede parecer raro a quien lo revisa.
before-name = No te pedimos tu nombre. No guardamos la dirección de internet de tu teléfono. Ponemos tus palabras bajo llave antes de que salgan de tu teléfono. Aun así, nada es seguro en todos los casos. Tú decides qué escribir.

minors-heading = Si están lastimando a una persona menor de 18 años

danger-heading = ¿Hay alguien en peligro?
danger-now = Sí, ahora mismo
danger-soon = Sí, hoy o mañana
danger-not-now = Ahora mismo no
danger-hint = Si es ahora mismo, llama al 911 si puedes. Quizá no leamos esto hasta dentro de unas horas.

about-heading = ¿De quién se trata?
about-self = De mí
about-other = De alguien que conozco
about-seen = De alguien que vi o de quien oí hablar
about-group = De un grupo de personas
minor-heading = ¿Alguien es menor de 18 años?
minor-hint = Lo preguntamos para actuar más rápido.

story-heading = ¿Qué está pasando?
story-free = Escribe mucho o poco, como quieras. Empieza por donde quieras. Unas pocas palabras bastan. No importa la ortografía. Usa cualquier idioma.
story-gentle = No tienes que contarnos cada cosa que te hicieron. Esto no es una declaración a la policía. Lo que te hicieron no es tu culpa.

signs-heading = ¿Algo de esto es verdad?
signs-what = Marca lo que sea así. Salta lo demás.
sign-takes-money = Alguien se queda con el dinero que ganan.
sign-takes-money-me = Alguien se queda con el dinero que gano.
sign-debt = Deben dinero que nunca van a poder pagar.
sign-debt-me = Debo dinero que nunca voy a poder pagar.
sign-keeps-id = Alguien guarda su identificación o su pasaporte.
sign-keeps-id-me = Alguien guarda mi identificación o mi pasaporte.
sign-cannot-leave = No pueden ir y venir como quieren.
sign-cannot-leave-me = No puedo ir y venir como quiero.
sign-watched = Alguien se queda siempre con esa persona o le revisa el teléfono.
sign-watched-me = Alguien se queda siempre conmigo o me revisa el teléfono.
sign-hurt = Alguien les hace daño, o dice que se lo hará.
sign-hurt-me = Alguien me hace daño, o dice que me lo hará.
sign-hurt-family = Alguien dice que hará daño a su familia.
sign-hurt-family-me = Alguien dice que hará daño a mi familia.
sign-call-police = Alguien dice que va a llamar a la policía o a inmigración para que vengan por ellos.
sign-call-police-me = Alguien dice que va a llamar a la policía o a inmigración para que vengan por mí.
sign-sex-for-needs = Tienen que tener sexo para conseguir dinero, comida, drogas o un lugar donde dormir.
sign-sex-for-needs-me = Tengo que tener sexo para conseguir dinero, comida, drogas o un lugar donde dormir.
sign-sex-photos = Alguien comparte o vende fotos sexuales de esa persona.
sign-sex-photos-me = Alguien comparte o vende fotos sexuales mías.
sign-long-hours = Trabajan muchas horas por poca paga o por nada.
sign-long-hours-me = Trabajo muchas horas por poca paga o por nada.
sign-job-not-as-told = El trabajo no es lo que les dijeron.
sign-job-not-as-told-me = El trabajo no es lo que me dijeron.
sign-drugs = Alguien usa drogas o alcohol para controlarlos.
sign-drugs-me = Alguien usa drogas o alcohol para controlarme.
sign-dont-know = No sé.
signs-photos = No mandes fotos desnudas ni sexuales de nadie menor de 18 años. Solo cuéntanos de ellas. Un sitio gratis llamado Take It Down puede ayudar a quitarlas de internet.

place-heading = ¿Dónde es esto?
place-what = Una calle, una tienda, un hotel, un número de cuarto, un sitio web o una aplicación. Si no sabes el lugar, dinos qué puedes ver u oír.
when-heading = ¿Cuándo están ahí?
when-heading-me = ¿Cuándo estás ahí?
when-what = Los días y las horas ayudan. Dinos si los pueden llevar pronto a otro lugar.
when-what-me = Los días y las horas ayudan. Dinos si te pueden llevar pronto a otro lugar.

suspects-heading = ¿Quién hace esto?
suspects-what = Nombres o apodos. Cómo son. Tatuajes. Números de teléfono. Nombres de usuario. Carros y placas. Dinos lo que sepas. Un poco está bien.

basis-heading = ¿Cómo sabes esto?
basis-self = Me está pasando a mí
basis-saw = Lo vi
basis-person-told = Esa persona me lo contó
basis-other-told = Otra persona me lo contó
basis-online = Lo vi en internet
checkable-heading = ¿Puedes decirnos una cosa que podamos comprobar?
checkable-what = Por ejemplo, un carro que viene cada viernes.

readers-heading = ¿Quién puede leer esto?
readers-what = Tú eliges. Solo los grupos que marques pueden abrirlo. Esta página lo pone bajo llave para que nadie más pueda.
readers-seen = La mayoría de quienes vieron algo eligen la línea de ayuda y la policía.
readers-alone = Allí lee una sola persona.
readers-or = o
readers-unsure = No sé. Mándalo primero a la línea de ayuda.
exclude-heading = ¿Alguien de estos grupos es parte del problema?
exclude-what = Dinos qué grupo o qué persona. No le daremos la llave a ese grupo. Avisaremos a los demás que no se lo muestren.
exclude-text = ¿Es una persona? Dinos quién.
exclude-police = ¿Es alguien de la policía? Entonces puede ser mejor elegir estos grupos:

share-heading = ¿Pueden compartirlo para conseguir ayuda?
share-facts = Solo los hechos, ni una palabra sobre mí
share-all = Todo, con personas que pueden ayudar
share-none = Nada, que me pregunten primero
share-dont-know = No sé

contact-heading = ¿Podemos responderte?
contact-code = Sí, aquí. Volveré con un código secreto.
contact-other = Sí, de otra manera.
contact-none = No. No me respondan.
contact-how = ¿Cuál es una forma segura de hablar contigo?
contact-when = ¿Qué días y horas son seguros?
contact-ask-for = ¿Por qué nombre preguntamos?
contact-message = ¿Es seguro dejar un mensaje?
contact-cover = ¿Qué decimos si contesta otra persona?
contact-hint = No te llamaremos ni te mandaremos un texto si tú no dices que es seguro.

check-heading = Revisa lo que escribiste
check-not-sent = Todavía no se ha enviado.
check-readers = Solo los grupos que elegiste pueden abrirlo:
check-left-out = Estos grupos no pueden abrirlo:
check-change-now = Puedes cambiarlo ahora. Una vez enviado, no se puede retirar.
check-add = Más tarde puedes contar más con tu código.
check-send = Enviar
check-change = Cambiar
check-leave = Salir ya y borrarlo

send-again = Enviar otra vez
sending = Enviando. Por favor, quédate en esta página.
maybe-sent = Hasta donde sabemos, no se envió. Pero puede que un intento haya llegado. Envíalo para estar seguro. Si lo cambias antes, pueden recibir los dos.
sending-again = Todavía no salió. Estamos probando otra vez. Por favor, quédate en esta página.

sent-heading = Se envió
sent-next = Qué sigue.
sent-next-text = Una persona va a leer esto. Si alguien está en peligro ahora, tratamos de leerlo en { $urgent_time }. Si no, puede tardar { $normal_time }.
sent-leave = Salir de esta página

problem-heading = Hay un problema
problem-empty = Escribe unas palabras, para que haya algo que enviar.
problem-no-readers = Elige al menos un grupo que pueda leer esto.
problem-too-long = Es muy largo para enviarlo. Tus palabras siguen aquí. Hazlo más corto. Puedes mandar el resto en otro mensaje.
problem-lost = No pudimos enviarlo. Tus palabras siguen aquí. Revisa tu señal. Luego toca Enviar otra vez.
problem-busy = No pudimos enviarlo. Tus palabras siguen aquí. Llegó demasiado al mismo tiempo. Espera un poco. Luego toca Enviar otra vez.
problem-paused = No pudimos enviarlo. Ahora mismo no recibimos mensajes aquí. Tus palabras siguen aquí. Llama o manda un texto a la línea de ayuda, o prueba más tarde.
problem-no-code = Ahora mismo no puede haber un código secreto. Revisa tu señal y prueba otra vez. O sigue sin código.
problem-stale = Esta página es muy vieja y no pudimos enviarlo. Tus palabras siguen aquí. Léelas o cópialas ahora. Luego carga la página otra vez y ponlas de nuevo. Una copia puede quedar un rato en este teléfono.

code-heading = Tu código
code-text = Apréndelo, o escríbelo donde nadie vaya a mirar. No hagas una captura de pantalla si alguien revisa tu teléfono. No podemos recuperar el código por ti.
code-back = Vuelve aquí y escribe tu código para ver si te escribimos. Entonces también puedes contarnos más.
code-fast = Puedes volver para contarnos más y para ver si te escribimos. Para eso necesitas un código secreto.
code-show = Mostrar mi código
code-try = Escribir mi código una vez, para aprenderlo
code-try-heading = Escribe tu código una vez
code-try-what = Esto te ayuda a aprenderlo. Se queda en esta página.
code-try-check = Revisar mis palabras
code-try-right = Está bien.
code-again = Mostrarme mi código otra vez
code-question = ¿Hay algo que solo tú sabes? Escribe una pregunta sobre eso. Podemos hacértela para estar seguros de que eres tú.

code-enter-heading = Escribe tu código
code-enter-what = Escribe las ocho palabras, con un espacio después de cada una. Bastan las cuatro primeras letras de cada palabra.
code-enter = Ver si me escribieron
code-asking = Estamos mirando. Quédate en esta página, por favor.
code-count = Necesitamos ocho palabras. Escribiste { $count }.
code-unknown = La palabra { $number } no está en nuestra lista: { $word }.
code-nearest = ¿Quisiste decir una de estas? { $words }.
code-mismatch = Ese código no es correcto. Revisa cada palabra y prueba otra vez.
code-lost = No pudimos mirar. Tus palabras siguen aquí. Revisa tu señal. Luego prueba otra vez.
code-busy = No pudimos mirar. Tus palabras siguen aquí. Llegó demasiado a la vez. Espera un poco. Luego prueba otra vez.

code-box-heading = Lo que te escribimos
code-empty = Ahora mismo no hay nada aquí para este código. Puede ser que todavía no leímos tu mensaje. Mira otra vez en uno o dos días, por favor.
code-unread = Hay uno más, pero no se abre.
code-older = Mostrar respuestas anteriores
code-older-lost = No pudimos mirar. Revisa tu señal. Luego prueba otra vez.
code-older-busy = No pudimos mirar. Llegó demasiado a la vez. Espera un poco. Luego prueba otra vez.
code-from = Escribimos esto el { $date }:
code-stay = Puedes volver y leerlo otra vez. Se borra { $days } días después de la última vez que viniste a mirar.
code-no-echo = No mostramos lo que nos mandaste. Así, nadie que encuentre tu código puede leerlo.
code-more = Contar más, o cambiar lo que quiero
code-stop = Por favor, paren
code-wipe = Borrar lo que me escribieron
code-wipe-heading = ¿Borrar lo que te escribimos?
code-wipe-what = Entonces se va para siempre. No se nos dice que lo hiciste. Lo que nos mandaste se queda con nosotros. Si te escribimos hace poco, eso todavía puede llegar.
code-wipe-yes = Sí, borrarlo
code-wipe-lost = No sabemos si se borró. Revisa tu señal. Luego prueba otra vez.
code-wipe-busy = No sabemos si se borró. Llegó demasiado a la vez. Espera un poco. Luego prueba otra vez.
code-wiped = Ya no está.
code-leave = Salir de esta página

code-more-heading = ¿Qué quieres añadir?
code-more-what = Escribe tanto o tan poco como quieras. Puedes saltar esto y cambiar solo quién puede compartirlo o si podemos escribirte. No podemos mostrar lo que mandaste antes.
code-readers = Elige otra vez, por favor. Ponemos tus palabras tan bien bajo llave que esta página no puede saber a quién elegiste la última vez.

code-file-add = Añadir fotos o archivos
code-file-heading = Añadir fotos o archivos
code-file-what = Tenemos tus palabras. Ahora puedes mandar fotos o archivos con ellas. Solo quienes pueden leer tus palabras pueden abrirlos. Puedes saltarte esto.
code-file-note = Las fotos pueden esconder una nota de dónde y cuándo se tomaron. Primero quitamos esa nota. No podemos esconder lo que la foto muestra. Fíjate en caras, cuartos y letreros.
code-file-pick = Elegir fotos o archivos
code-file-photo = Foto { $number }
code-file-other = Archivo { $number }
code-file-size = { $all } MB
code-file-clean = La nota escondida ya no está.
code-file-keep = Dejar la nota escondida. Puede ayudar a encontrar a alguien.
code-file-unclean = No podemos quitar una nota escondida de este. Puede decir dónde y cuándo se hizo, y en el teléfono de quién.
code-file-shot = Prueba con una captura de pantalla.
code-file-as-is = Enviarlo así como está
code-file-remove = Quitarlo de la lista
code-file-send = Enviar
code-file-hold = Parar por ahora
code-file-go-on = Seguir
code-file-none = Elige primero una foto o un archivo.
code-file-decide = Di si enviamos este así como está. O quítalo de la lista.
code-file-big = Ese archivo es muy grande. Prueba con uno de menos de { $max } MB.
code-file-unread = No podemos leer ese archivo. Prueba a elegirlo otra vez.
code-file-changed = Ya no podemos leer este: { $name }. Quítalo de la lista. Luego toca Seguir.
code-file-sending = Estamos enviando. Deja esta página abierta y la pantalla encendida.
code-file-again = La señal es mala. Estamos probando otra vez.
code-file-far = { $done } de { $all } MB enviados.
code-file-left = Faltan unos { $minutes } min.
code-file-held = Está en pausa. Toca Seguir cuando quieras.
code-file-lost = No pudimos enviarlo todo. Guardamos un rato lo que tenemos. Revisa tu señal. Luego toca Seguir.
code-file-busy = No pudimos enviarlo todo. Llegó demasiado a la vez. Espera un poco. Luego toca Seguir.
code-file-too-much = Es demasiado para nosotros. Quita algo de la lista. Luego toca Seguir.
code-file-refused = No pudimos recibirlos. Tenemos tus palabras.
code-file-done = Lo tenemos todo. Puedes añadir más, o salir de esta página.

## Speaking instead of writing

code-voice-add = Grabar tu voz
code-voice-heading = Grabar tu voz
code-voice-what = Puedes hablar y mandar eso. Cambiamos cómo suena tu voz. Aun así, quien te conoce puede reconocer la voz y las palabras que usas.
code-voice-trace = Tu teléfono puede guardar una nota de que esta página usó el micrófono. Asegúrate de que nadie cerca te oiga.
code-voice-start = Empezar
code-voice-stop = Parar
code-voice-ask = Tu teléfono puede preguntar si podemos usar el micrófono.
code-voice-going = Está grabando. Puedes hablar { $minutes } min. Toca Parar cuando termines.
code-voice-wait = Estamos cambiando tu voz.
code-voice-none = No pudimos usar el micrófono. Tenemos tus palabras. Puedes probar otra vez o volver.
code-voice-item = Voz { $number }
code-voice-changed = Así suenas ahora. Escúchalo primero. Ponlo bajo si hay alguien cerca.
code-voice-play = Escuchar

file-more = ¿Sin señal? ¿O un archivo para enviar?
file-save-what = Puedes guardar esta página en tu teléfono. Funciona sin señal. Pone tus palabras bajo llave en un archivo, y lo envías después. Pero la página y el archivo se pueden ver en tu teléfono hasta que los borres.
file-save = Guardar esta página
file-save-script = La página que guardas también necesita JavaScript. Ábrela donde esté encendido.
file-send-what = ¿Tienes un archivo bajo llave que hizo nuestra página? Envíalo aquí. Elige ese archivo y ningún otro. No le cambies el nombre.
file-send = Enviar el archivo
file-wrong = Este no es un archivo bajo llave de nuestra página. No se envió. Elige el correcto.

offline-what = Guardaste esta página. No puede enviar. Pone tus palabras bajo llave en un archivo. Tú envías el archivo desde nuestro sitio, o se lo das a alguien de confianza.
offline-lock = Ponerlo bajo llave en un archivo
offline-locking = Poniendo tus palabras bajo llave. Por favor, quédate en esta página.
offline-heading = Tu archivo está listo
offline-file = Busca donde tu teléfono guarda lo que descargas. Se llama { $file }. Solo los grupos que elegiste pueden abrirlo. Todavía no se ha enviado.
offline-next = Para enviarlo, ve al sitio donde conseguiste esta página. Toca “{ file-more }” y elige ahí el archivo. O pide a alguien de confianza que lo haga por ti. Hazlo antes del { $date }.
offline-keep = Tus palabras siguen en esta página. ¿Ya tienes el archivo? Entonces sal de esta página. Eso borra las palabras de aquí. No borra el archivo.
offline-again = Guardar el archivo otra vez

sealed-file = Ahora puedes borrar el archivo de este teléfono. Está bajo llave. Pero puede mostrar que nos escribiste.
sealed-again = No se envió. Llegó demasiado al mismo tiempo, o la conexión era lenta. Todavía tienes tu archivo. Espera un poco. Luego vuelve atrás y envíalo otra vez.
sealed-paused = No se envió. Ahora mismo no recibimos mensajes aquí. Todavía tienes tu archivo. Envíalo más tarde, por favor.
sealed-wrong = No se envió. Este no es un archivo bajo llave de nuestra página, o le falta una parte. Elige el correcto. Si ya es el correcto, haz uno nuevo y envía ese.
sealed-stale = No se envió. Este archivo es muy viejo. Guarda nuestra página otra vez. Haz con ella un archivo nuevo y envía ese.
sealed-other-site = No se envió. Este archivo se hizo para otro sitio, y aquí nadie podría abrirlo. Envíalo allí. O guarda nuestra página, haz con ella un archivo nuevo y envía ese.
sealed-remake = No se envió. No podemos tomar este archivo. Puede ser muy viejo, o no es el archivo que hizo nuestra página. Vuelve atrás, haz uno nuevo y envía ese.
