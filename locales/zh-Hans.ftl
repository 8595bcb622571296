# 简体中文. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# 911, Shift and Take It Down stay as they are.

title = 联系表
title-error = 错误：联系表

leave = 马上离开
cover = 正在加载。
away = 你离开时，我们把页面藏起来了。点一下继续。
back = 返回
next = 下一步
count = 第 { $screen } 页，共 { $screens } 页
skip = 这一页可以跳过。
not-sure = 我不确定
no-say = 我不想说
yes = 是
no = 不是
sentence-end = 。

languages = 语言
start-heading = 告诉我们发生了什么
start-what = 你可以在这里给专门帮助人的人发消息。你不用说出你的名字。你随时可以停下来。
start-danger = 如果现在有人可能受到伤害，请打 911。
start-danger-text = 如果你不能说话，可以试着给 911 发短信。有些地方不能用。
start-talk = 想和人说话吗？打求助热线 { $hotline_phone }。或者发短信到 { $hotline_text }。免费，白天晚上都可以。打电话时可以要求说你的语言。
start-button = 开始
start-fast-button = 我只有一分钟
start-code-button = 我有密码
start-safe-button = 怎样在填写时保护自己
start-scared-button = 我害怕自己会出事

no-script = 这个页面要用 JavaScript 才能锁好你写的话。现在它是关着的，所以我们不在这里收消息。请给求助热线打电话或发短信。
old-browser = 这个浏览器太旧，不能锁好你写的话。请换一个新的，或者给求助热线打电话或发短信。
old-page = 这个页面过期了，不能锁好你写的话。请重新打开。如果还是这样，请给求助热线打电话或发短信。
help-line = 求助热线：
help-line-call = 打电话 { $hotline_phone }
help-line-text = 或发短信到 { $hotline_text }。
waiting = 正在加载。
waiting-long = 还没出来吗？请重新打开页面，或者给求助热线打电话或发短信。如果还不行，可能是这个浏览器太旧，不能锁好你写的话。

closed-heading = 我们现在不能在这里收消息
closed-what = 这个页面还没准备好，或者过期了。你没有做错什么。请晚点再试。
closed-busy = 一下子来得太多了。你没有做错什么。请等一会儿，再重新打开这个页面。
paused-what = 这里现在不收消息。你没有做错什么。请晚点再试。
paused-until = 我们希望在 { $date } 再开始收消息。

fast-heading = 我只有一分钟
fast-what = 写下我们要知道的事。在哪里？是谁？现在有人有危险吗？
fast-readers = 只有求助热线能打开这条消息。
fast-send = 现在就发送
typing-keys = 按手机的返回键会关掉这个页面，并清除你写的话。

scared-heading = 我害怕自己会出事

before-heading = 开始之前
before-phone = 有人会查你的手机吗？那个人现在在你身边吗？如果是，最好等一等。用一个那个人从来不碰的手机或电脑。图书馆、学校或诊所里可能有。
before-leave = 你会看到一个叫“{ leave }”的按钮。它在每一页的最上面。点它就能很快关掉这个页面。它会打开 { $exit_host }。你写的都会清除。
before-shift = 你也可以按三次 Shift 键。
before-history = “{ leave }”不能删除你的浏览记录。这个手机还是可能显示你来过这个网站。如果有人在你的手机里装了监视软件，那个人可能看到你写什么。
before-private = 无痕窗口有帮助。手机和输入法记下的东西会比较少。如果可以，先打开一个再开始。
before-clear = 清除浏览记录要小心。只删这个网站。记录全空了，查手机的人可能会起疑。
before-name = 我们不问你的名字。我们不保存你手机的网络地址。你写的话在离开手机之前就会锁好。但是，没有什么在任何情况下都安全。写什么由你决定。

minors-heading = 如果有不满 18 岁的人受到伤害

danger-heading = 有人有危险吗？
danger-now = 有，就是现在
danger-soon = 有，今天或明天
danger-not-now = 现在没有
danger-hint = 如果就是现在，可以的话请打 911。我们可能要过几个小时才看到这条消息。

about-heading = 这是谁的事？
about-self = 我自己
about-other = 我认识的人
about-seen = 我看到或听说的人
about-group = 一群人
minor-heading = 有人不满 18 岁吗？
minor-hint = 我们问这个，是为了快点行动。

story-heading = 发生了什么？
story-free = 写多写少都可以。从哪里开始都可以。几个字也行。写错字没关系。用什么语言都可以。
story-gentle = 你不用把别人对你做的每件事都告诉我们。这不是给警察的口供。别人对你做的事，不是你的错。

signs-heading = 下面有哪些是真的？
signs-what = 符合的就打勾。其他的跳过。
sign-takes-money = 有人拿走他们挣的钱。
sign-takes-money-me = 有人拿走我挣的钱。
sign-debt = 他们欠了永远还不清的钱。
sign-debt-me = 我欠了永远还不清的钱。
sign-keeps-id = 有人扣着他们的证件或护照。
sign-keeps-id-me = 有人扣着我的证件或护照。
sign-cannot-leave = 他们不能自由进出。
sign-cannot-leave-me = 我不能自由进出。
sign-watched = 有人总跟着他们，或者查他们的手机。
sign-watched-me = 有人总跟着我，或者查我的手机。
sign-hurt = 有人伤害他们，或者说要伤害他们。
sign-hurt-me = 有人伤害我，或者说要伤害我。
sign-hurt-family = 有人说要伤害他们的家人。
sign-hurt-family-me = 有人说要伤害我的家人。
sign-call-police = 有人说要叫警察或移民局来抓他们。
sign-call-police-me = 有人说要叫警察或移民局来抓我。
sign-sex-for-needs = 他们必须跟人发生性关系，才能得到钱、吃的、毒品或住的地方。
sign-sex-for-needs-me = 我必须跟人发生性关系，才能得到钱、吃的、毒品或住的地方。
sign-sex-photos = 有人传播或出卖他们的性照片。
sign-sex-photos-me = 有人传播或出卖我的性照片。
sign-long-hours = 他们工作时间很长，钱很少或没有钱。
sign-long-hours-me = 我工作时间很长，钱很少或没有钱。
sign-job-not-as-told = 工作跟当初说的不一样。
sign-job-not-as-told-me = 工作跟当初对我说的不一样。
sign-drugs = 有人用毒品或酒控制他们。
sign-drugs-me = 有人用毒品或酒控制我。
sign-dont-know = 我不知道。
signs-photos = 不要发任何不满 18 岁的人的裸照或性照片。只要告诉我们有这样的照片。有个免费网站叫 Take It Down，可以帮忙把照片从网上撤下来。

place-heading = 在哪里？
place-what = 街道、商店、旅馆、房间号、网站或手机应用。如果你不知道是什么地方，告诉我们你能看到或听到什么。
when-heading = 他们什么时候在那里？
when-heading-me = 你什么时候在那里？
when-what = 哪天、几点，都有帮助。如果他们可能很快被带走，请告诉我们。
when-what-me = 哪天、几点，都有帮助。如果你可能很快被带走，请告诉我们。

suspects-heading = 是谁做的？
suspects-what = 名字或外号。长什么样。纹身。电话号码。网名。车和车牌。知道什么就写什么。一点点也可以。

basis-heading = 你怎么知道的？
basis-self = 这是我自己正在经历的
basis-saw = 我看到的
basis-person-told = 那个人告诉我的
basis-other-told = 别人告诉我的
basis-online = 我在网上看到的
checkable-heading = 能不能告诉我们一件可以查证的事？
checkable-what = 比如，有一辆车每个星期五都来。

readers-heading = 谁可以看这条消息？
readers-what = 由你选。只有你打勾的单位能打开。这个页面会把它锁好，别人都打不开。
readers-seen = 看到事情的人，大多选求助热线和警察。
readers-alone = 那里只有一个人看。
readers-or = 或者
readers-unsure = 我不知道。先发给求助热线。
exclude-heading = 这些单位里有人跟这件事有关吗？
exclude-what = 告诉我们是哪个单位或哪个人。我们不会把钥匙给那个单位。我们会提醒其他单位不要给他们看。
exclude-text = 是某一个人吗？告诉我们是谁。
exclude-police = 是警察里的人吗？那么最好选这些单位：

share-heading = 为了得到帮助，他们可以把消息给别人看吗？
share-facts = 只说事情，一个字也不提我
share-all = 全部，给能帮忙的人看
share-none = 都不行，先问我
share-dont-know = 我不知道

contact-heading = 我们可以回复你吗？
contact-code = 可以，就在这里。我会用秘密密码再来。
contact-other = 可以，用别的方式。
contact-none = 不要。不要回复我。
contact-how = 用什么方式找你是安全的？
contact-when = 哪些日子和时间是安全的？
contact-ask-for = 我们应该说找谁？
contact-message = 留言安全吗？
contact-cover = 如果是别人接电话，我们该说什么？
contact-hint = 除非你说安全，我们不会给你打电话或发短信。

check-heading = 检查你写的内容
check-not-sent = 还没有发送。
check-readers = 只有你选的单位能打开：
check-left-out = 这些单位打不开：
check-change-now = 你现在可以修改。发送以后就不能收回了。
check-add = 以后你可以用密码告诉我们更多。
check-send = 发送
check-change = 修改
check-leave = 马上离开并清除

send-again = 再发一次
sending = 正在发送。请留在这个页面。
maybe-sent = 据我们所知，还没有发出去。但也可能有一次已经送到了。再发一次比较保险。如果你先修改再发，他们可能会收到两条。
sending-again = 还没有发出去。我们正在再试。请留在这个页面。

sent-heading = 已经发送
sent-next = 接下来。
sent-next-text = 会有人看这条消息。如果现在有人有危险，我们尽量在 { $urgent_time } 内看。如果没有，可能要 { $normal_time }。
sent-leave = 离开这个页面

problem-heading = 有一个问题
problem-empty = 请写几个字，这样才有东西可以发送。
problem-no-readers = 请至少选一个可以看这条消息的单位。
problem-too-long = 太长了，发不了。你写的话还在这里。请写短一点。剩下的可以再发一条消息。
problem-lost = 我们没能发出去。你写的话还在这里。看看有没有信号。然后点“再发一次”。
problem-busy = 我们没能发出去。你写的话还在这里。同时来的消息太多。请等一下。然后点“再发一次”。
problem-paused = 我们没能发出去。这里现在不收消息。你写的话还在这里。请打电话或发短信给求助热线，或者晚点再试。
problem-no-code = 现在没有办法用秘密密码。请检查信号，再试一次。或者不用密码，继续往下。
problem-stale = 这个页面太旧了，我们没能发出去。你写的话还在这里。现在把它看一遍或复制下来。然后重新打开页面，再放进去。复制的内容可能会在这个手机里留一阵子。

code-heading = 你的密码
code-text = 请记住它，或者写在没有人会看的地方。如果有人查你的手机，不要截屏。我们没有办法帮你找回密码。
code-back = 再来这里，输入密码，就能看到我们有没有给你写信。那时你也可以告诉我们更多。
code-fast = 你可以再来，告诉我们更多，也看看我们有没有给你写信。为此你需要一个秘密密码。
code-show = 显示我的密码
code-try = 输入一次我的密码，好记住它
code-try-heading = 输入一次你的密码
code-try-what = 这能帮你记住它。它只留在这个页面上。
code-try-check = 检查我的字
code-try-right = 对了。
code-again = 再显示一次我的密码
code-question = 有没有只有你知道的事？请写一个关于它的问题。我们可以问你这个问题，好确定是你。

code-enter-heading = 输入你的密码
code-enter-what = 请输入全部八个字。中间可以有空格，也可以没有。
code-enter = 看看有没有给我的信
code-asking = 我们正在看。请留在这个页面。
code-count = 我们需要八个字。你输入了 { $count } 个。
code-unknown = 第 { $number } 个字不在我们的表里：{ $word }。
code-nearest = 是不是其中一个？{ $words }。
code-mismatch = 密码不对。请检查每个字，再试一次。
code-lost = 我们没能看到。你的字还在这里。请检查信号，再试一次。
code-busy = 我们没能看到。你的字还在这里。一下子来得太多了。请等一会儿，再试一次。

code-box-heading = 我们给你写的
code-empty = 现在这个密码没有信。可能我们还没有读你的消息。请过一两天再看。
code-unread = 还有一封，但是打不开。
code-older = 显示更早的回信
code-older-lost = 我们没能看到。请检查信号，再试一次。
code-older-busy = 我们没能看到。一下子来得太多了。请等一会儿，再试一次。
code-from = 我们在 { $date } 写的：
code-stay = 你可以再来读。在你最后一次来看的 { $days } 天后，它会被删掉。
code-no-echo = 我们不显示你发给我们的话。这样，就算有人找到你的密码，也读不到。
code-more = 告诉你们更多，或者改变我的要求
code-stop = 请停下来
code-wipe = 删掉给我写的信
code-wipe-heading = 要删掉我们给你写的信吗？
code-wipe-what = 删掉就没有了。没有人会告诉我们你删了。你发给我们的话还在我们这里。如果我们刚刚写了话，之后还可能会到。
code-wipe-yes = 是，删掉
code-wipe-lost = 我们不知道删掉了没有。请检查信号，再试一次。
code-wipe-busy = 我们不知道删掉了没有。一下子来得太多了。请等一会儿，再试一次。
code-wiped = 已经删掉了。
code-leave = 离开这个页面

code-more-heading = 你想再说什么？
code-more-what = 写多写少都可以。你也可以跳过，只改谁可以转告，或者我们能不能给你写信。我们没有办法显示你以前发的话。
code-readers = 请再选一次。我们把你的话锁得很好，所以这个页面没有办法知道你上次选了谁。

code-file-add = 加照片或文件
code-file-heading = 加照片或文件
code-file-what = 你的话我们已经收到了。现在可以再发照片或文件。只有能看你的话的人才能打开。你可以跳过。
code-file-note = 照片里可能藏着拍照地点和时间的记录。我们会先把它去掉。照片里看得见的东西我们藏不了。请看看有没有脸、房间和招牌。
code-file-pick = 选照片或文件
code-file-photo = 照片 { $number }
code-file-other = 文件 { $number }
code-file-size = { $all } MB
code-file-clean = 藏着的记录已经去掉了。
code-file-keep = 留着藏着的记录。它可能帮助找到人。
code-file-unclean = 这个文件里藏着的记录我们去不掉。它可能说出在哪里、什么时候、用谁的手机做的。
code-file-shot = 可以试试截屏。
code-file-as-is = 就这样发
code-file-remove = 从列表里拿掉
code-file-send = 发送
code-file-hold = 先停一下
code-file-go-on = 继续
code-file-none = 请先选一张照片或一个文件。
code-file-decide = 请说这个要不要就这样发。或者从列表里拿掉。
code-file-big = 这个文件太大了。请选小于 { $max } MB 的。
code-file-unread = 我们读不了这个文件。请再选一次。
code-file-changed = 这个现在读不了：{ $name }。请从列表里拿掉。然后点“继续”。
code-file-sending = 正在发送。请开着这个页面，不要关屏幕。
code-file-again = 信号不好。我们正在再试。
code-file-far = 已发 { $done } MB，共 { $all } MB。
code-file-left = 大约还要 { $minutes } 分钟。
code-file-held = 停下来了。想继续时点“继续”。
code-file-lost = 没能全部发完。收到的我们会留一阵子。请检查信号。然后点“继续”。
code-file-busy = 没能全部发完。一下子来得太多了。请等一会儿。然后点“继续”。
code-file-too-much = 这太多了，我们收不下。请从列表里拿掉一些。然后点“继续”。
code-file-refused = 我们没能收下。你的话我们已经收到了。
code-file-done = 全部收到了。你可以再加，也可以离开这个页面。

## Speaking instead of writing

code-voice-add = 录下你的声音
code-voice-heading = 录下你的声音
code-voice-what = 你可以说话，再把它发给我们。我们会改变你的声音。但是认识你的人还是可能听出你的声音和你的用词。
code-voice-trace = 你的手机可能会记下这个页面用过麦克风。请确定旁边没有人能听见你。
code-voice-start = 开始
code-voice-stop = 停止
code-voice-ask = 你的手机可能会问我们能不能用麦克风。
code-voice-going = 正在录音。你可以说 { $minutes } 分钟。说完请点“停止”。
code-voice-wait = 我们正在改变你的声音。
code-voice-none = 我们用不了麦克风。你的话我们已经收到了。你可以再试一次，或者返回。
code-voice-item = 声音 { $number }
code-voice-changed = 你现在听起来是这样的。请先听一听。旁边有人的话，把声音调小。
code-voice-play = 听一听

file-more = 没有信号？或者有文件要发？
file-save-what = 你可以把这个页面存到手机里。没有信号也能用。它会把你写的话锁进一个文件，你以后再发。但是，在你删除之前，别人可能在你的手机里看到这个页面和那个文件。
file-save = 保存这个页面
file-save-script = 保存下来的页面也要用 JavaScript。请在开着 JavaScript 的地方打开它。
file-send-what = 你有我们的页面做的、锁好的文件吗？在这里发。只选那个文件，不要选别的。不要改它的名字。
file-send = 发送文件
file-wrong = 这不是我们的页面做的、锁好的文件。没有发出去。请选对的那个。

offline-what = 这是你保存的页面。它不能发送。它会把你写的话锁进一个文件。你可以从我们的网站把文件发出去，或者交给你信任的人。
offline-lock = 锁进文件
offline-locking = 正在锁好你写的话。请留在这个页面。
offline-heading = 你的文件好了
offline-file = 请到手机存放下载的地方找。它的名字是 { $file }。只有你选的单位能打开。还没有发送。
offline-next = 要发送的话，去你拿到这个页面的网站。点“{ file-more }”，在那里选这个文件。或者请你信任的人替你做。请在 { $date } 之前做。
offline-keep = 你写的话还在这个页面里。拿到文件了吗？那就离开这个页面。这会清除这里的话，不会删除文件。
offline-again = 再保存一次文件

sealed-file = 你现在可以从这个手机里删除那个文件。它是锁着的。但它可能显示你给我们写过信。
sealed-again = 没有发出去。同时来的消息太多，或者网络太慢。你的文件还在。请等一下。然后返回，再发一次。
sealed-paused = 没有发出去。这里现在不收消息。你的文件还在。请晚点再发。
sealed-wrong = 没有发出去。这不是我们的页面做的、锁好的文件，或者文件缺了一部分。请选对的那个。如果已经选对了，请重新做一个，再发那一个。
sealed-stale = 没有发出去。这个文件太旧了。请再保存一次我们的页面。用它重新做一个文件，再发那一个。
sealed-other-site = 没有发出去。这个文件是为别的网站做的，这里没有人能打开它。请发到那个网站。或者保存我们的页面，用它做一个新文件，再发那一个。
sealed-remake = 没有发出去。我们不能收这个文件。它可能太旧，或者不是我们的页面做的文件。请返回，重新做一个，再发那一个。
