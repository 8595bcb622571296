# 한국어. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# In the polite and soft form that suits children and adults. 911, Shift and Take It Down stay as they are.

title = 문의 양식
title-error = 오류: 문의 양식

leave = 지금 나가기
cover = 불러오는 중이에요.
away = 자리를 비운 동안 화면을 가렸어요. 누르면 계속할 수 있어요.
back = 뒤로
next = 다음
count = { $screens }개 화면 중 { $screen }번째
skip = 이 부분은 건너뛰어도 돼요.
not-sure = 잘 모르겠어요
no-say = 말하고 싶지 않아요
yes = 네
no = 아니요
sentence-end = .

languages = 언어
start-heading = 무슨 일이 있는지 알려 주세요
start-what = 돕는 일을 하는 사람들에게 여기서 메시지를 보낼 수 있어요. 이름을 말하지 않아도 돼요. 언제든지 그만둘 수 있어요.
start-danger = 지금 누군가 다칠 수 있다면 911에 전화하세요.
start-danger-text = 말을 할 수 없으면 911에 문자를 보내 보세요. 안 되는 지역도 있어요.
start-talk = 사람과 이야기하고 싶으세요? 도움 전화 { $hotline_phone } 번으로 전화하세요. 아니면 { $hotline_text } 번으로 문자를 보내세요. 무료이고, 밤낮으로 받아요. 전화할 때 한국어로 해 달라고 할 수 있어요.
start-button = 시작
start-fast-button = 시간이 1분밖에 없어요
start-code-button = 코드가 있어요
start-safe-button = 쓰는 동안 안전하게 있는 법
start-scared-button = 나에게 무슨 일이 생길까 무서워요

no-script = 이 페이지가 글을 잠그려면 JavaScript가 필요해요. 지금 꺼져 있어서 여기서는 메시지를 받지 않아요. 도움 전화로 전화하거나 문자를 보내세요.
old-browser = 이 브라우저는 너무 오래되어 글을 잠글 수 없어요. 새 브라우저를 쓰거나, 도움 전화로 전화하거나 문자를 보내세요.
old-page = 이 페이지는 기한이 지나 글을 잠글 수 없어요. 다시 불러오세요. 그래도 이 글이 보이면 도움 전화로 전화하거나 문자를 보내세요.
help-line = 도움 전화:
help-line-call = 전화 { $hotline_phone }
help-line-text = 또는 문자 { $hotline_text }.
waiting = 불러오는 중이에요.
waiting-long = 아직 안 나오나요? 페이지를 다시 불러오거나, 도움 전화로 전화하거나 문자를 보내세요. 그래도 안 되면 이 브라우저가 너무 오래되어 글을 잠글 수 없는 것일 수 있어요.

closed-heading = 지금은 여기서 메시지를 받을 수 없어요
closed-what = 이 페이지가 아직 준비되지 않았거나 기한이 지났어요. 잘못하신 것이 아니에요. 나중에 다시 해 주세요.
closed-busy = 한꺼번에 너무 많이 들어왔어요. 잘못하신 것이 아니에요. 조금 기다렸다가 이 페이지를 다시 열어 주세요.
paused-what = 지금은 여기서 메시지를 받지 않아요. 잘못하신 것이 아니에요. 나중에 다시 해 주세요.
paused-until = { $date }에 다시 받으려고 해요.

fast-heading = 시간이 1분밖에 없어요
fast-what = 우리가 알아야 할 것을 쓰세요. 어디예요? 누구예요? 지금 위험한 사람이 있나요?
fast-readers = 도움 전화만 이 글을 열 수 있어요.
fast-send = 지금 보내기
typing-keys = 휴대폰의 뒤로 버튼을 누르면 이 페이지가 닫히고 쓴 글이 지워져요.

scared-heading = 나에게 무슨 일이 생길까 무서워요

before-heading = 시작하기 전에
before-phone = 누가 휴대폰을 확인하나요? 그 사람이 지금 가까이 있나요? 그렇다면 기다리는 것이 좋아요. 그 사람이 절대 만지지 않는 휴대폰이나 컴퓨터를 쓰세요. 도서관, 학교, 병원에 있을 수 있어요.
before-leave = “{ leave }”라는 버튼이 보일 거예요. 모든 페이지의 맨 위에 있어요. 누르면 이 페이지가 바로 닫혀요. { $exit_host } 페이지가 열려요. 쓴 글은 모두 지워져요.
before-shift = Shift 키를 세 번 눌러도 돼요.
before-history = “{ leave }” 버튼은 방문 기록을 지울 수 없어요. 이 휴대폰에 이 사이트에 온 것이 남아 있을 수 있어요. 누가 휴대폰에 감시 앱을 넣었다면 쓰는 글을 볼 수 있어요.
before-private = 비공개 창이 도움이 돼요. 휴대폰과 키보드에 덜 남아요. 할 수 있으면 시작하기 전에 비공개 창을 여세요.
before-clear = 방문 기록을 지울 때는 조심하세요. 이 사이트만 지우세요. 기록이 텅 비어 있으면 확인하는 사람이 이상하게 볼 수 있어요.
before-name = 우리는 이름을 묻지 않아요. 휴대폰의 인터넷 주소를 보관하지 않아요. 글이 휴대폰을 떠나기 전에 잠가요. 그래도 모든 경우에 안전한 것은 없어요. 무엇을 쓸지는 직접 정하세요.

minors-heading = 18세가 안 된 사람이 다치고 있다면

danger-heading = 위험한 사람이 있나요?
danger-now = 네, 바로 지금
danger-soon = 네, 오늘이나 내일
danger-not-now = 지금은 아니에요
danger-hint = 바로 지금이라면, 할 수 있으면 911에 전화하세요. 우리가 이 글을 몇 시간 뒤에 읽을 수도 있어요.

about-heading = 누구에 대한 일인가요?
about-self = 나
about-other = 내가 아는 사람
about-seen = 내가 보았거나 들은 사람
about-group = 여러 사람
minor-heading = 18세가 안 된 사람이 있나요?
minor-hint = 더 빨리 움직이려고 묻는 거예요.

story-heading = 무슨 일이 있나요?
story-free = 길게 써도 짧게 써도 돼요. 어디서부터 써도 돼요. 몇 마디도 괜찮아요. 맞춤법은 틀려도 돼요. 어떤 말로 써도 돼요.
story-gentle = 당한 일을 다 말하지 않아도 돼요. 이것은 경찰에 하는 진술이 아니에요. 당한 일은 당신 잘못이 아니에요.

signs-heading = 이 가운데 맞는 것이 있나요?
signs-what = 맞는 것에 표시하세요. 나머지는 건너뛰세요.
sign-takes-money = 그 사람이 번 돈을 누가 가져가요.
sign-takes-money-me = 내가 번 돈을 누가 가져가요.
sign-debt = 그 사람에게 도저히 갚을 수 없는 빚이 있어요.
sign-debt-me = 나에게 도저히 갚을 수 없는 빚이 있어요.
sign-keeps-id = 누가 그 사람의 신분증이나 여권을 가지고 있어요.
sign-keeps-id-me = 누가 내 신분증이나 여권을 가지고 있어요.
sign-cannot-leave = 그 사람은 마음대로 오갈 수 없어요.
sign-cannot-leave-me = 나는 마음대로 오갈 수 없어요.
sign-watched = 누가 그 사람 곁을 늘 지키거나 휴대폰을 확인해요.
sign-watched-me = 누가 내 곁을 늘 지키거나 내 휴대폰을 확인해요.
sign-hurt = 누가 그 사람을 해치거나, 해치겠다고 해요.
sign-hurt-me = 누가 나를 해치거나, 해치겠다고 해요.
sign-hurt-family = 누가 그 사람의 가족을 해치겠다고 해요.
sign-hurt-family-me = 누가 내 가족을 해치겠다고 해요.
sign-call-police = 누가 그 사람을 경찰이나 이민국에 신고하겠다고 해요.
sign-call-police-me = 누가 나를 경찰이나 이민국에 신고하겠다고 해요.
sign-sex-for-needs = 그 사람은 돈, 음식, 약물, 잘 곳을 얻으려면 성관계를 해야 해요.
sign-sex-for-needs-me = 나는 돈, 음식, 약물, 잘 곳을 얻으려면 성관계를 해야 해요.
sign-sex-photos = 누가 그 사람의 성적인 사진을 퍼뜨리거나 팔아요.
sign-sex-photos-me = 누가 내 성적인 사진을 퍼뜨리거나 팔아요.
sign-long-hours = 그 사람은 오래 일하는데 돈을 조금만 받거나 못 받아요.
sign-long-hours-me = 나는 오래 일하는데 돈을 조금만 받거나 못 받아요.
sign-job-not-as-told = 일이 그 사람이 들은 것과 달라요.
sign-job-not-as-told-me = 일이 내가 들은 것과 달라요.
sign-drugs = 누가 약물이나 술로 그 사람을 마음대로 부려요.
sign-drugs-me = 누가 약물이나 술로 나를 마음대로 부려요.
sign-dont-know = 모르겠어요.
signs-photos = 18세가 안 된 사람의 알몸 사진이나 성적인 사진은 보내지 마세요. 그런 사진이 있다고 말만 해 주세요. Take It Down이라는 무료 사이트가 인터넷에서 내리는 것을 도울 수 있어요.

place-heading = 어디에서 일어나나요?
place-what = 거리, 가게, 호텔, 방 번호, 웹사이트, 앱. 어디인지 모르면 보이는 것이나 들리는 것을 알려 주세요.
when-heading = 그 사람은 언제 거기 있나요?
when-heading-me = 언제 거기 있나요?
when-what = 요일과 시간이 도움이 돼요. 그 사람이 곧 다른 곳으로 옮겨질 수 있으면 알려 주세요.
when-what-me = 요일과 시간이 도움이 돼요. 곧 다른 곳으로 옮겨질 수 있으면 알려 주세요.

suspects-heading = 누가 이런 일을 하나요?
suspects-what = 이름이나 별명. 생김새. 문신. 전화번호. 아이디. 차와 번호판. 아는 것을 알려 주세요. 조금이라도 좋아요.

basis-heading = 어떻게 알게 되었나요?
basis-self = 내가 겪고 있어요
basis-saw = 내가 보았어요
basis-person-told = 그 사람이 말해 주었어요
basis-other-told = 다른 사람이 말해 주었어요
basis-online = 인터넷에서 보았어요
checkable-heading = 우리가 확인할 수 있는 것 하나를 알려 줄 수 있나요?
checkable-what = 예를 들면, 금요일마다 오는 차.

readers-heading = 누가 이 글을 읽어도 되나요?
readers-what = 직접 고르세요. 표시한 곳만 열 수 있어요. 다른 사람은 열 수 없게 이 페이지가 잠가요.
readers-seen = 무언가를 본 사람은 대부분 도움 전화와 경찰을 골라요.
readers-alone = 그곳에서는 한 사람만 읽어요.
readers-or = 또는
readers-unsure = 모르겠어요. 먼저 도움 전화에 보내 주세요.
exclude-heading = 이 가운데 이 일에 관련된 사람이 있나요?
exclude-what = 어느 곳인지, 누구인지 알려 주세요. 그곳에는 열쇠를 주지 않아요. 다른 곳에도 그들에게 보여 주지 말라고 알려요.
exclude-text = 한 사람인가요? 누구인지 알려 주세요.
exclude-police = 경찰에 있는 사람인가요? 그렇다면 이 곳들을 고르는 것이 나을 수 있어요:

share-heading = 도움을 받으려고 다른 곳과 나누어도 되나요?
share-facts = 사실만, 나에 대한 말은 한마디도 없이
share-all = 전부, 도울 수 있는 사람들과
share-none = 안 돼요, 먼저 나에게 물어보세요
share-dont-know = 모르겠어요

contact-heading = 우리가 답장해도 되나요?
contact-code = 네, 여기서요. 비밀 코드를 가지고 다시 올게요.
contact-other = 네, 다른 방법으로요.
contact-none = 아니요. 답장하지 마세요.
contact-how = 안전하게 연락할 방법은 무엇인가요?
contact-when = 안전한 요일과 시간은 언제인가요?
contact-ask-for = 누구를 찾으면 되나요?
contact-message = 메시지를 남겨도 안전한가요?
contact-cover = 다른 사람이 받으면 뭐라고 할까요?
contact-hint = 안전하다고 하지 않으면 전화하거나 문자를 보내지 않아요.

check-heading = 쓴 글을 확인하세요
check-not-sent = 아직 보내지 않았어요.
check-readers = 고른 곳만 열 수 있어요:
check-left-out = 이 곳들은 열 수 없어요:
check-change-now = 지금은 고칠 수 있어요. 보낸 뒤에는 되돌릴 수 없어요.
check-add = 나중에 코드로 더 말할 수 있어요.
check-send = 보내기
check-change = 고치기
check-leave = 지금 나가고 지우기

send-again = 다시 보내기
sending = 보내는 중이에요. 이 페이지에 그대로 있어 주세요.
maybe-sent = 우리가 알기로는 보내지지 않았어요. 하지만 한 번은 갔을 수도 있어요. 확실히 하려면 다시 보내세요. 먼저 고치면 둘 다 갈 수 있어요.
sending-again = 아직 가지 않았어요. 다시 해 보고 있어요. 이 페이지에 그대로 있어 주세요.

sent-heading = 보냈어요
sent-next = 다음에는.
sent-next-text = 사람이 이 글을 읽어요. 지금 위험한 사람이 있으면 { $urgent_time } 안에 읽으려고 해요. 아니면 { $normal_time } 걸릴 수 있어요.
sent-leave = 이 페이지 나가기

problem-heading = 문제가 있어요
problem-empty = 보낼 것이 있게 몇 마디 써 주세요.
problem-no-readers = 이 글을 읽을 곳을 하나 이상 고르세요.
problem-too-long = 너무 길어서 보낼 수 없어요. 쓴 글은 그대로 있어요. 더 짧게 써 주세요. 나머지는 새 메시지로 보낼 수 있어요.
problem-lost = 보내지 못했어요. 쓴 글은 그대로 있어요. 신호를 확인하세요. 그런 다음 다시 보내기를 누르세요.
problem-busy = 보내지 못했어요. 쓴 글은 그대로 있어요. 한꺼번에 너무 많이 왔어요. 조금 기다리세요. 그런 다음 다시 보내기를 누르세요.
problem-paused = 보내지 못했어요. 지금은 여기서 메시지를 받지 않아요. 쓴 글은 그대로 있어요. 도움 전화에 전화하거나 문자를 보내거나, 나중에 다시 해 주세요.
problem-no-code = 지금은 비밀 코드를 만들 수 없어요. 신호를 확인하고 다시 해 보세요. 아니면 코드 없이 계속하세요.
problem-stale = 이 페이지가 너무 오래되어 보내지 못했어요. 쓴 글은 그대로 있어요. 지금 읽어 두거나 복사하세요. 그런 다음 페이지를 다시 불러와 넣으세요. 복사한 글이 이 휴대폰에 얼마 동안 남을 수 있어요.

code-heading = 내 코드
code-text = 외우거나, 아무도 보지 않을 곳에 적어 두세요. 누가 휴대폰을 본다면 화면을 캡처하지 마세요. 코드를 잃어버리면 되찾아 드릴 수 없어요.
code-back = 여기로 다시 와서 코드를 입력하면 우리가 답을 썼는지 볼 수 있어요. 그때 더 말해 줄 수도 있어요.
code-fast = 다시 와서 더 말해 주거나, 우리가 답을 썼는지 볼 수 있어요. 그러려면 비밀 코드가 필요해요.
code-show = 내 코드 보기
code-try = 외우기 위해 코드를 한 번 입력하기
code-try-heading = 코드를 한 번 입력해 보세요
code-try-what = 외우는 데 도움이 돼요. 이 페이지에만 있어요.
code-try-check = 내 단어 확인하기
code-try-right = 맞아요.
code-again = 내 코드 다시 보기
code-question = 본인만 아는 것이 있나요? 그것에 대한 질문을 써 주세요. 정말 본인인지 확인하려고 우리가 그 질문을 할 수 있어요.

code-enter-heading = 코드를 입력하세요
code-enter-what = 여덟 단어를 모두 입력하세요. 단어마다 뒤에 한 칸을 띄우세요.
code-enter = 나에게 온 답 보기
code-asking = 찾고 있어요. 이 페이지에 그대로 있어 주세요.
code-count = 여덟 단어가 필요해요. 입력한 단어 수: { $count }.
code-unknown = { $number }번째 단어가 목록에 없어요: { $word }.
code-nearest = 이 중 하나인가요? { $words }.
code-mismatch = 코드가 맞지 않아요. 단어를 하나씩 확인하고 다시 해 보세요.
code-lost = 볼 수 없었어요. 쓴 단어는 그대로 있어요. 신호를 확인하세요. 그런 다음 다시 해 보세요.
code-busy = 볼 수 없었어요. 쓴 단어는 그대로 있어요. 한꺼번에 너무 많이 들어왔어요. 조금 기다리세요. 그런 다음 다시 해 보세요.

code-box-heading = 우리가 쓴 답
code-empty = 지금은 이 코드로 온 것이 없어요. 아직 메시지를 읽지 못했을 수 있어요. 하루 이틀 뒤에 다시 봐 주세요.
code-unread = 하나가 더 있지만 열리지 않아요.
code-older = 이전 답 보기
code-older-lost = 볼 수 없었어요. 신호를 확인하세요. 그런 다음 다시 해 보세요.
code-older-busy = 볼 수 없었어요. 한꺼번에 너무 많이 들어왔어요. 조금 기다리세요. 그런 다음 다시 해 보세요.
code-from = { $date }에 쓴 글이에요:
code-stay = 다시 와서 또 읽을 수 있어요. 마지막으로 본 날부터 { $days }일 뒤에 지워져요.
code-no-echo = 보낸 글은 보여 주지 않아요. 그래서 누가 코드를 찾아도 읽을 수 없어요.
code-more = 더 말하거나, 원하는 것을 바꾸기
code-stop = 그만해 주세요
code-wipe = 나에게 온 글 지우기
code-wipe-heading = 우리가 쓴 글을 지울까요?
code-wipe-what = 지우면 완전히 없어져요. 지웠다는 것은 우리에게 알려지지 않아요. 우리에게 보낸 글은 그대로 남아요. 우리가 방금 쓴 글은 나중에 올 수 있어요.
code-wipe-yes = 네, 지워 주세요
code-wipe-lost = 지워졌는지 알 수 없어요. 신호를 확인하세요. 그런 다음 다시 해 보세요.
code-wipe-busy = 지워졌는지 알 수 없어요. 한꺼번에 너무 많이 들어왔어요. 조금 기다리세요. 그런 다음 다시 해 보세요.
code-wiped = 지워졌어요.
code-leave = 이 페이지 나가기

code-more-heading = 무엇을 더 말하고 싶나요?
code-more-what = 많이 써도, 조금만 써도 돼요. 이것을 건너뛰고 누가 나눌 수 있는지, 우리가 답을 써도 되는지만 바꿔도 돼요. 전에 보낸 글은 보여 줄 수 없어요.
code-readers = 다시 골라 주세요. 글을 아주 단단히 잠그기 때문에, 지난번에 누구를 골랐는지 이 페이지는 알 수 없어요.

code-file-add = 사진이나 파일 더하기
code-file-heading = 사진이나 파일 더하기
code-file-what = 쓴 글은 우리가 받았어요. 이제 사진이나 파일도 보낼 수 있어요. 글을 읽을 수 있는 사람만 열 수 있어요. 건너뛰어도 돼요.
code-file-note = 사진에는 언제 어디서 찍었는지 적힌 숨은 기록이 있을 수 있어요. 그 기록을 먼저 빼요. 사진에 보이는 것은 숨길 수 없어요. 얼굴, 방, 간판이 있는지 보세요.
code-file-pick = 사진이나 파일 고르기
code-file-photo = 사진 { $number }
code-file-other = 파일 { $number }
code-file-size = { $all } MB
code-file-clean = 숨은 기록을 뺐어요.
code-file-keep = 숨은 기록을 그대로 두기. 누군가를 찾는 데 도움이 될 수 있어요.
code-file-unclean = 여기서는 숨은 기록을 뺄 수 없어요. 언제 어디서, 누구의 휴대폰으로 만들었는지 알 수 있어요.
code-file-shot = 화면을 캡처해서 보내 보세요.
code-file-as-is = 이대로 보내기
code-file-remove = 목록에서 빼기
code-file-send = 보내기
code-file-hold = 잠시 멈추기
code-file-go-on = 계속하기
code-file-none = 먼저 사진이나 파일을 고르세요.
code-file-decide = 이것을 이대로 보낼지 알려 주세요. 아니면 목록에서 빼세요.
code-file-big = 파일이 너무 커요. { $max } MB보다 작은 것을 골라 보세요.
code-file-unread = 그 파일을 읽을 수 없어요. 다시 골라 보세요.
code-file-changed = 이것을 더는 읽을 수 없어요: { $name }. 목록에서 빼세요. 그런 다음 계속하기를 누르세요.
code-file-sending = 보내고 있어요. 이 페이지를 열어 두고 화면을 켜 두세요.
code-file-again = 신호가 나빠요. 다시 해 보고 있어요.
code-file-far = { $all } MB 가운데 { $done } MB를 보냈어요.
code-file-left = { $minutes }분쯤 남았어요.
code-file-held = 멈춰 있어요. 원할 때 계속하기를 누르세요.
code-file-lost = 다 보내지 못했어요. 받은 것은 얼마 동안 가지고 있어요. 신호를 확인하세요. 그런 다음 계속하기를 누르세요.
code-file-busy = 다 보내지 못했어요. 한꺼번에 너무 많이 들어왔어요. 조금 기다리세요. 그런 다음 계속하기를 누르세요.
code-file-too-much = 너무 많아요. 목록에서 몇 개를 빼세요. 그런 다음 계속하기를 누르세요.
code-file-refused = 받지 못했어요. 쓴 글은 우리가 받았어요.
code-file-done = 다 받았어요. 더 더하거나 이 페이지를 나가도 돼요.

## Speaking instead of writing

code-voice-add = 목소리 녹음하기
code-voice-heading = 목소리 녹음하기
code-voice-what = 말을 해서 보낼 수 있어요. 목소리가 다르게 들리게 바꿔요. 그래도 아는 사람은 목소리와 말투를 알아볼 수 있어요.
code-voice-trace = 이 페이지가 마이크를 썼다는 기록이 휴대폰에 남을 수 있어요. 가까이에서 듣는 사람이 없는지 확인하세요.
code-voice-start = 시작하기
code-voice-stop = 그만하기
code-voice-ask = 휴대폰이 마이크를 써도 되는지 물어볼 수 있어요.
code-voice-going = 녹음하고 있어요. { $minutes }분 동안 말할 수 있어요. 다 하면 그만하기를 누르세요.
code-voice-wait = 목소리를 바꾸고 있어요.
code-voice-none = 마이크를 쓸 수 없었어요. 쓴 글은 우리가 받았어요. 다시 해 보거나 뒤로 갈 수 있어요.
code-voice-item = 목소리 { $number }
code-voice-changed = 이제 이렇게 들려요. 먼저 들어 보세요. 가까이에 누가 있으면 소리를 줄이세요.
code-voice-play = 들어 보기

file-more = 신호가 없나요? 보낼 파일이 있나요?
file-save-what = 이 페이지를 휴대폰에 저장할 수 있어요. 신호가 없어도 써요. 쓴 글을 파일에 넣어 잠그고, 그 파일은 나중에 보내요. 하지만 지우기 전까지는 휴대폰에서 페이지와 파일이 보일 수 있어요.
file-save = 이 페이지 저장하기
file-save-script = 저장한 페이지도 JavaScript가 필요해요. JavaScript가 켜진 곳에서 여세요.
file-send-what = 우리 페이지가 만든 잠긴 파일이 있나요? 여기서 보내세요. 그 파일만 고르고 다른 것은 고르지 마세요. 파일 이름을 바꾸지 마세요.
file-send = 파일 보내기
file-wrong = 우리 페이지가 만든 잠긴 파일이 아니에요. 보내지 않았어요. 맞는 파일을 고르세요.

offline-what = 저장해 둔 페이지예요. 여기서는 보낼 수 없어요. 쓴 글을 파일에 넣어 잠가요. 파일은 우리 사이트에서 보내거나, 믿는 사람에게 주세요.
offline-lock = 파일에 넣어 잠그기
offline-locking = 글을 잠그는 중이에요. 이 페이지에 그대로 있어 주세요.
offline-heading = 파일이 준비됐어요
offline-file = 휴대폰에서 내려받은 파일이 있는 곳을 보세요. 이름은 { $file }이에요. 고른 곳만 열 수 있어요. 아직 보내지 않았어요.
offline-next = 보내려면 이 페이지를 받은 사이트로 가세요. “{ file-more }”를 누르고 거기서 파일을 고르세요. 믿는 사람에게 대신 해 달라고 해도 돼요. { $date } 전에 하세요.
offline-keep = 쓴 글이 아직 이 페이지에 있어요. 파일을 찾았나요? 그럼 이 페이지를 나가세요. 여기 있는 글은 지워져요. 파일은 지워지지 않아요.
offline-again = 파일 다시 저장하기

sealed-file = 이제 이 휴대폰에서 파일을 지워도 돼요. 파일은 잠겨 있어요. 하지만 우리에게 쓴 것이 드러날 수 있어요.
sealed-again = 보내지 못했어요. 한꺼번에 너무 많이 왔거나 연결이 느렸어요. 파일은 그대로 있어요. 조금 기다리세요. 그런 다음 뒤로 가서 다시 보내세요.
sealed-paused = 보내지 못했어요. 지금은 여기서 메시지를 받지 않아요. 파일은 그대로 있어요. 나중에 보내 주세요.
sealed-wrong = 보내지 못했어요. 우리 페이지가 만든 잠긴 파일이 아니거나, 파일의 일부가 빠졌어요. 맞는 파일을 고르세요. 맞는 파일이었다면 새로 만들어 그것을 보내세요.
sealed-stale = 보내지 못했어요. 이 파일은 너무 오래되었어요. 우리 페이지를 다시 저장하세요. 그 페이지로 새 파일을 만들어 그것을 보내세요.
sealed-other-site = 보내지 못했어요. 이 파일은 다른 사이트에 보내려고 만든 것이라 여기서는 아무도 열 수 없어요. 그 사이트에서 보내세요. 아니면 우리 페이지를 저장하고 그 페이지로 새 파일을 만들어 그것을 보내세요.
sealed-remake = 보내지 못했어요. 이 파일은 받을 수 없어요. 너무 오래되었거나 우리 페이지가 만든 파일이 아닐 수 있어요. 뒤로 가서 새로 만들고, 그것을 보내세요.
