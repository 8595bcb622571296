# Tiếng Việt. DRAFT: a native speaker and a lawyer have not yet reviewed this file. No site may show it before they have.
# Spoken to as "bạn". 911, Shift and Take It Down stay as they are.

title = Mẫu liên lạc
title-error = Lỗi: Mẫu liên lạc

leave = Thoát ngay
cover = Đang tải.
away = Chúng tôi đã che trang này khi bạn rời đi. Chạm để tiếp tục.
back = Quay lại
next = Tiếp
count = Trang { $screen } trên { $screens }
skip = Bạn có thể bỏ qua phần này.
not-sure = Tôi không chắc
no-say = Tôi không muốn nói
yes = Có
no = Không
sentence-end = .

languages = Ngôn ngữ
start-heading = Hãy cho chúng tôi biết chuyện gì đang xảy ra
start-what = Ở đây bạn có thể gửi tin nhắn cho những người có công việc là giúp đỡ. Bạn không cần cho biết tên. Bạn có thể dừng lại bất cứ lúc nào.
start-danger = Nếu có người có thể bị hại ngay bây giờ, hãy gọi 911.
start-danger-text = Nếu bạn không nói được, hãy thử nhắn tin đến 911. Có nơi không dùng được cách này.
start-talk = Bạn muốn nói chuyện với một người? Hãy gọi đường dây trợ giúp ở số { $hotline_phone }. Hoặc nhắn tin đến { $hotline_text }. Miễn phí, cả ngày lẫn đêm. Khi gọi, bạn có thể xin nói tiếng của mình.
start-button = Bắt đầu
start-fast-button = Tôi chỉ có một phút
start-code-button = Tôi có mã
start-safe-button = Cách giữ an toàn khi bạn làm việc này
start-scared-button = Tôi sợ chuyện có thể xảy ra với tôi

no-script = Trang này cần JavaScript để khóa lời của bạn lại. Nó đang tắt, nên chúng tôi không nhận tin nhắn ở đây. Hãy gọi hoặc nhắn tin cho đường dây trợ giúp.
old-browser = Trình duyệt này quá cũ nên không khóa được lời của bạn. Hãy thử một trình duyệt mới, hoặc gọi hay nhắn tin cho đường dây trợ giúp.
old-page = Trang này đã hết hạn nên không khóa được lời của bạn. Hãy tải lại. Nếu vẫn thấy dòng này, hãy gọi hoặc nhắn tin cho đường dây trợ giúp.
help-line = Đường dây trợ giúp:
help-line-call = gọi { $hotline_phone }
help-line-text = hoặc nhắn tin đến { $hotline_text }.
waiting = Đang tải.
waiting-long = Vẫn chưa hiện ra? Hãy tải lại trang, hoặc gọi hay nhắn tin cho đường dây trợ giúp. Nếu vẫn không được, có thể trình duyệt này quá cũ nên không khóa được lời của bạn.

closed-heading = Bây giờ chúng tôi không nhận được tin nhắn ở đây
closed-what = Trang này chưa sẵn sàng, hoặc đã hết hạn. Bạn không làm gì sai. Xin thử lại sau.
closed-busy = Có quá nhiều tin đến cùng lúc. Bạn không làm gì sai. Xin đợi một chút. Sau đó tải lại trang này.
paused-what = Lúc này chúng tôi không nhận tin ở đây. Bạn không làm gì sai. Xin thử lại sau.
paused-until = Chúng tôi mong nhận tin trở lại vào ngày { $date }.

fast-heading = Tôi chỉ có một phút
fast-what = Hãy viết điều chúng tôi cần biết. Ở đâu? Ai? Có ai đang gặp nguy hiểm không?
fast-readers = Chỉ đường dây trợ giúp mở được tin này.
fast-send = Gửi ngay
typing-keys = Phím quay lại của điện thoại sẽ đóng trang này và xóa lời của bạn.

scared-heading = Tôi sợ chuyện có thể xảy ra với tôi

before-heading = Trước khi bắt đầu
before-phone = Có ai xem điện thoại của bạn không? Bây giờ người đó có ở gần bạn không? Nếu có, tốt nhất là chờ. Hãy dùng điện thoại hay máy tính mà người đó không bao giờ đụng tới. Thư viện, trường học hay phòng khám có thể có.
before-leave = Bạn sẽ thấy một nút tên là { leave }. Nút này ở trên cùng của mỗi trang. Chạm vào nút để đóng trang này thật nhanh. Nút sẽ mở { $exit_host }. Mọi thứ bạn đã gõ sẽ bị xóa.
before-shift = Bạn cũng có thể nhấn phím Shift ba lần.
before-history = Nút { leave } không xóa được lịch sử duyệt web. Điện thoại này vẫn có thể cho thấy bạn đã vào trang này. Nếu có ai cài ứng dụng theo dõi vào điện thoại của bạn, người đó có thể thấy những gì bạn gõ.
before-private = Cửa sổ riêng tư có ích. Điện thoại và bàn phím của bạn giữ lại ít hơn. Hãy mở một cửa sổ như vậy trước khi bắt đầu, nếu được.
before-clear = Hãy cẩn thận nếu bạn xóa lịch sử. Chỉ xóa trang này thôi. Lịch sử trống trơn có thể làm người kiểm tra nghi ngờ.
before-name = Chúng tôi không hỏi tên bạn. Chúng tôi không giữ địa chỉ mạng của điện thoại bạn. Chúng tôi khóa lời của bạn trước khi chúng rời khỏi điện thoại. Dù vậy, không có gì an toàn trong mọi trường hợp. Bạn tự chọn viết điều gì.

minors-heading = Nếu một người dưới 18 tuổi đang bị hại

danger-heading = Có ai đang gặp nguy hiểm không?
danger-now = Có, ngay bây giờ
danger-soon = Có, trong hôm nay hoặc ngày mai
danger-not-now = Bây giờ thì không
danger-hint = Nếu là ngay bây giờ, hãy gọi 911 nếu được. Có thể vài giờ nữa chúng tôi mới đọc tin này.

about-heading = Chuyện này là về ai?
about-self = Tôi
about-other = Một người tôi quen
about-seen = Một người tôi đã thấy hoặc nghe nói tới
about-group = Một nhóm người
minor-heading = Có ai dưới 18 tuổi không?
minor-hint = Chúng tôi hỏi để hành động nhanh hơn.

story-heading = Chuyện gì đang xảy ra?
story-free = Viết nhiều hay ít tùy bạn. Bắt đầu từ đâu cũng được. Vài chữ cũng được. Sai chính tả không sao. Dùng tiếng nào cũng được.
story-gentle = Bạn không cần kể mọi điều người ta đã làm với bạn. Đây không phải là lời khai với cảnh sát. Điều người ta đã làm với bạn không phải lỗi của bạn.

signs-heading = Có điều nào dưới đây đúng không?
signs-what = Đánh dấu điều đúng. Bỏ qua phần còn lại.
sign-takes-money = Có người lấy tiền họ kiếm được.
sign-takes-money-me = Có người lấy tiền tôi kiếm được.
sign-debt = Họ mắc nợ mà không bao giờ trả hết được.
sign-debt-me = Tôi mắc nợ mà không bao giờ trả hết được.
sign-keeps-id = Có người giữ giấy tờ hoặc hộ chiếu của họ.
sign-keeps-id-me = Có người giữ giấy tờ hoặc hộ chiếu của tôi.
sign-cannot-leave = Họ không được đi lại theo ý mình.
sign-cannot-leave-me = Tôi không được đi lại theo ý mình.
sign-watched = Có người luôn ở bên canh chừng họ hoặc xem điện thoại của họ.
sign-watched-me = Có người luôn ở bên canh chừng tôi hoặc xem điện thoại của tôi.
sign-hurt = Có người làm hại họ, hoặc nói sẽ làm hại họ.
sign-hurt-me = Có người làm hại tôi, hoặc nói sẽ làm hại tôi.
sign-hurt-family = Có người nói sẽ làm hại gia đình họ.
sign-hurt-family-me = Có người nói sẽ làm hại gia đình tôi.
sign-call-police = Có người nói sẽ gọi cảnh sát hoặc sở di trú đến bắt họ.
sign-call-police-me = Có người nói sẽ gọi cảnh sát hoặc sở di trú đến bắt tôi.
sign-sex-for-needs = Họ phải quan hệ tình dục để có tiền, đồ ăn, ma túy, hoặc chỗ ở.
sign-sex-for-needs-me = Tôi phải quan hệ tình dục để có tiền, đồ ăn, ma túy, hoặc chỗ ở.
sign-sex-photos = Có người gửi cho người khác hoặc bán ảnh tình dục của họ.
sign-sex-photos-me = Có người gửi cho người khác hoặc bán ảnh tình dục của tôi.
sign-long-hours = Họ làm việc nhiều giờ mà được trả rất ít hoặc không được trả tiền.
sign-long-hours-me = Tôi làm việc nhiều giờ mà được trả rất ít hoặc không được trả tiền.
sign-job-not-as-told = Công việc không giống như người ta đã nói với họ.
sign-job-not-as-told-me = Công việc không giống như người ta đã nói với tôi.
sign-drugs = Có người dùng ma túy hoặc rượu để điều khiển họ.
sign-drugs-me = Có người dùng ma túy hoặc rượu để điều khiển tôi.
sign-dont-know = Tôi không biết.
signs-photos = Đừng gửi ảnh khỏa thân hay ảnh tình dục của bất cứ ai dưới 18 tuổi. Chỉ cần kể cho chúng tôi biết. Một trang miễn phí tên là Take It Down có thể giúp gỡ ảnh đó khỏi mạng.

place-heading = Chuyện này ở đâu?
place-what = Một con đường, cửa tiệm, khách sạn, số phòng, trang web, hay ứng dụng. Nếu bạn không biết chỗ đó, hãy kể những gì bạn thấy hoặc nghe được.
when-heading = Khi nào họ ở đó?
when-heading-me = Khi nào bạn ở đó?
when-what = Ngày và giờ đều có ích. Hãy cho biết nếu họ có thể sắp bị đưa đi nơi khác.
when-what-me = Ngày và giờ đều có ích. Hãy cho biết nếu bạn có thể sắp bị đưa đi nơi khác.

suspects-heading = Ai đang làm việc này?
suspects-what = Tên hoặc biệt danh. Họ trông ra sao. Hình xăm. Số điện thoại. Tên tài khoản. Xe và biển số. Biết gì thì kể nấy. Một chút cũng được.

basis-heading = Làm sao bạn biết chuyện này?
basis-self = Chuyện đang xảy ra với tôi
basis-saw = Tôi đã thấy
basis-person-told = Người đó kể cho tôi
basis-other-told = Người khác kể cho tôi
basis-online = Tôi thấy trên mạng
checkable-heading = Bạn có thể cho biết một điều mà chúng tôi kiểm tra được không?
checkable-what = Ví dụ, một chiếc xe đến vào mỗi thứ Sáu.

readers-heading = Ai được đọc tin này?
readers-what = Bạn chọn. Chỉ những nhóm bạn đánh dấu mới mở được. Trang này khóa lại để không ai khác mở được.
readers-seen = Phần lớn người đã thấy điều gì đó chọn đường dây trợ giúp và cảnh sát.
readers-alone = Ở đó chỉ có một người đọc.
readers-or = hoặc
readers-unsure = Tôi không biết. Hãy gửi cho đường dây trợ giúp trước.
exclude-heading = Có ai trong các nhóm này dính vào chuyện này không?
exclude-what = Hãy cho biết nhóm nào hoặc người nào. Chúng tôi sẽ không đưa chìa khóa cho nhóm đó. Chúng tôi sẽ dặn các nhóm khác không cho họ xem.
exclude-text = Có phải là một người không? Hãy cho biết là ai.
exclude-police = Có phải là người trong cảnh sát không? Nếu vậy, có lẽ nên chọn các nhóm này:

share-heading = Họ có được kể lại cho người khác để tìm giúp đỡ không?
share-facts = Chỉ kể sự việc, không một lời nào về tôi
share-all = Kể hết, cho những người có thể giúp
share-none = Không kể gì, hãy hỏi tôi trước
share-dont-know = Tôi không biết

contact-heading = Chúng tôi có thể trả lời bạn không?
contact-code = Được, ở đây. Tôi sẽ quay lại với một mã bí mật.
contact-other = Được, bằng cách khác.
contact-none = Không. Đừng trả lời tôi.
contact-how = Cách nào an toàn để liên lạc với bạn?
contact-when = Ngày giờ nào thì an toàn?
contact-ask-for = Chúng tôi nên hỏi gặp tên gì?
contact-message = Để lại lời nhắn có an toàn không?
contact-cover = Nếu người khác bắt máy, chúng tôi nên nói gì?
contact-hint = Chúng tôi sẽ không gọi hay nhắn tin cho bạn trừ khi bạn nói là an toàn.

check-heading = Xem lại những gì bạn đã viết
check-not-sent = Tin này chưa được gửi.
check-readers = Chỉ những nhóm bạn đã chọn mở được:
check-left-out = Những nhóm này không mở được:
check-change-now = Bạn có thể sửa bây giờ. Khi đã gửi thì không lấy lại được.
check-add = Sau này bạn có thể kể thêm bằng mã của mình.
check-send = Gửi
check-change = Sửa
check-leave = Thoát ngay và xóa

send-again = Gửi lại
sending = Đang gửi. Xin ở lại trang này.
maybe-sent = Theo chúng tôi biết thì tin chưa được gửi. Nhưng có thể một lần thử đã đến nơi. Hãy gửi lại cho chắc. Nếu bạn sửa trước, họ có thể nhận cả hai.
sending-again = Tin chưa đi được. Chúng tôi đang thử lại. Xin ở lại trang này.

sent-heading = Đã gửi
sent-next = Điều sẽ xảy ra tiếp theo.
sent-next-text = Sẽ có người đọc tin này. Nếu có ai đang gặp nguy hiểm, chúng tôi cố gắng đọc trong vòng { $urgent_time }. Nếu không, có thể mất { $normal_time }.
sent-leave = Rời trang này

problem-heading = Có một vấn đề
problem-empty = Hãy viết vài chữ để có gì đó mà gửi.
problem-no-readers = Hãy chọn ít nhất một nhóm để đọc tin này.
problem-too-long = Tin này dài quá nên không gửi được. Lời của bạn vẫn còn đây. Hãy viết ngắn lại. Phần còn lại bạn có thể gửi trong tin khác.
problem-lost = Chúng tôi không gửi được. Lời của bạn vẫn còn đây. Hãy xem lại tín hiệu. Rồi chạm Gửi lại.
problem-busy = Chúng tôi không gửi được. Lời của bạn vẫn còn đây. Có quá nhiều tin đến cùng lúc. Chờ một chút. Rồi chạm Gửi lại.
problem-paused = Chúng tôi không gửi được. Lúc này chúng tôi không nhận tin ở đây. Lời của bạn vẫn còn đây. Hãy gọi hoặc nhắn tin cho đường dây trợ giúp, hoặc thử lại sau.
problem-no-code = Lúc này không thể có mã bí mật. Hãy xem lại sóng rồi thử lại. Hoặc tiếp tục mà không có mã.
problem-stale = Trang này quá cũ nên chúng tôi không gửi được. Lời của bạn vẫn còn đây. Hãy đọc hoặc chép lại ngay. Rồi tải lại trang và dán vào. Bản chép có thể còn lại trên điện thoại này một thời gian.

code-heading = Mã của bạn
code-text = Hãy học thuộc mã, hoặc viết ra ở chỗ không ai nhìn. Đừng chụp màn hình nếu có người xem điện thoại của bạn. Chúng tôi không thể lấy lại mã cho bạn.
code-back = Hãy quay lại đây và gõ mã để xem chúng tôi có viết cho bạn không. Khi đó bạn cũng có thể kể thêm.
code-fast = Bạn có thể quay lại để kể thêm, và để xem chúng tôi có viết cho bạn không. Để làm vậy bạn cần một mã bí mật.
code-show = Cho tôi xem mã
code-try = Gõ mã một lần, để thuộc
code-try-heading = Hãy gõ mã của bạn một lần
code-try-what = Việc này giúp bạn thuộc mã. Mã chỉ ở trên trang này.
code-try-check = Kiểm tra các từ của tôi
code-try-right = Đúng rồi.
code-again = Cho tôi xem lại mã
code-question = Có điều gì chỉ mình bạn biết không? Hãy viết một câu hỏi về điều đó. Chúng tôi có thể hỏi bạn câu này, để chắc đó là bạn.

code-enter-heading = Gõ mã của bạn
code-enter-what = Hãy gõ cả tám từ, có dấu cách sau mỗi từ. Chỉ cần bốn chữ cái đầu của mỗi từ.
code-enter = Xem có ai viết cho tôi không
code-asking = Chúng tôi đang xem. Hãy ở lại trang này.
code-count = Chúng tôi cần tám từ. Bạn đã gõ { $count }.
code-unknown = Từ thứ { $number } không có trong danh sách: { $word }.
code-nearest = Có phải một trong các từ này không? { $words }.
code-mismatch = Mã đó không khớp. Hãy xem lại từng từ rồi thử lại.
code-lost = Chúng tôi không xem được. Các từ của bạn vẫn còn đây. Hãy xem lại sóng. Rồi thử lại.
code-busy = Chúng tôi không xem được. Các từ của bạn vẫn còn đây. Có quá nhiều thứ đến cùng lúc. Hãy đợi một chút. Rồi thử lại.

code-box-heading = Điều chúng tôi viết cho bạn
code-empty = Lúc này không có gì ở đây cho mã này. Có thể chúng tôi chưa đọc tin của bạn. Hãy xem lại sau một hai ngày.
code-unread = Còn một tin nữa, nhưng không mở được.
code-older = Cho tôi xem các câu trả lời cũ hơn
code-older-lost = Chúng tôi không xem được. Hãy xem lại sóng. Rồi thử lại.
code-older-busy = Chúng tôi không xem được. Có quá nhiều thứ đến cùng lúc. Hãy đợi một chút. Rồi thử lại.
code-from = Chúng tôi viết điều này vào { $date }:
code-stay = Bạn có thể quay lại và đọc lần nữa. Tin sẽ bị xóa { $days } ngày sau lần cuối bạn vào xem.
code-no-echo = Chúng tôi không cho hiện những gì bạn đã gửi. Như vậy, ai tìm thấy mã của bạn cũng không đọc được.
code-more = Kể thêm, hoặc đổi điều tôi muốn
code-stop = Xin hãy dừng lại
code-wipe = Xóa những gì đã viết cho tôi
code-wipe-heading = Xóa những gì chúng tôi viết cho bạn?
code-wipe-what = Khi đó tin mất hẳn. Không ai báo cho chúng tôi là bạn đã xóa. Những gì bạn gửi cho chúng tôi vẫn còn ở chỗ chúng tôi. Nếu chúng tôi vừa mới viết, tin đó vẫn có thể đến sau.
code-wipe-yes = Có, xóa đi
code-wipe-lost = Chúng tôi không biết đã xóa được chưa. Hãy xem lại sóng. Rồi thử lại.
code-wipe-busy = Chúng tôi không biết đã xóa được chưa. Có quá nhiều thứ đến cùng lúc. Hãy đợi một chút. Rồi thử lại.
code-wiped = Đã xóa.
code-leave = Rời trang này

code-more-heading = Bạn muốn nói thêm gì?
code-more-what = Viết nhiều hay ít tùy bạn. Bạn có thể bỏ qua phần này, và chỉ đổi ai được chia sẻ hoặc chúng tôi có được viết cho bạn không. Chúng tôi không thể cho xem những gì bạn đã gửi trước đây.
code-readers = Xin hãy chọn lại. Chúng tôi khóa lời của bạn kỹ đến mức trang này không thể biết lần trước bạn đã chọn ai.

code-file-add = Thêm ảnh hay tệp
code-file-heading = Thêm ảnh hay tệp
code-file-what = Chúng tôi đã nhận được lời của bạn. Bây giờ bạn có thể gửi thêm ảnh hay tệp. Chỉ những ai đọc được lời của bạn mới mở được. Bạn có thể bỏ qua.
code-file-note = Ảnh có thể giấu một ghi chú về nơi và lúc chụp. Chúng tôi bỏ ghi chú đó ra trước. Chúng tôi không thể giấu những gì thấy trong ảnh. Hãy xem có mặt người, căn phòng hay bảng hiệu không.
code-file-pick = Chọn ảnh hay tệp
code-file-photo = Ảnh { $number }
code-file-other = Tệp { $number }
code-file-size = { $all } MB
code-file-clean = Ghi chú ẩn đã được bỏ ra.
code-file-keep = Để lại ghi chú ẩn. Nó có thể giúp tìm ra ai đó.
code-file-unclean = Chúng tôi không thể bỏ ghi chú ẩn ra khỏi tệp này. Nó có thể cho biết được làm ở đâu, khi nào, và trên điện thoại của ai.
code-file-shot = Hãy thử chụp màn hình.
code-file-as-is = Gửi nguyên như vậy
code-file-remove = Bỏ khỏi danh sách
code-file-send = Gửi
code-file-hold = Tạm dừng
code-file-go-on = Tiếp tục
code-file-none = Hãy chọn ảnh hay tệp trước.
code-file-decide = Hãy cho biết có gửi tệp này nguyên như vậy không. Hoặc bỏ nó khỏi danh sách.
code-file-big = Tệp đó quá lớn. Hãy thử tệp nhỏ hơn { $max } MB.
code-file-unread = Chúng tôi không đọc được tệp đó. Hãy thử chọn lại.
code-file-changed = Chúng tôi không còn đọc được cái này: { $name }. Hãy bỏ nó khỏi danh sách. Rồi chạm Tiếp tục.
code-file-sending = Chúng tôi đang gửi. Hãy để trang này mở và màn hình sáng.
code-file-again = Sóng yếu. Chúng tôi đang thử lại.
code-file-far = Đã gửi { $done } trên { $all } MB.
code-file-left = Còn khoảng { $minutes } phút.
code-file-held = Đang tạm dừng. Chạm Tiếp tục khi bạn muốn.
code-file-lost = Chúng tôi không gửi được hết. Phần đã có được giữ lại một lúc. Hãy xem lại sóng. Rồi chạm Tiếp tục.
code-file-busy = Chúng tôi không gửi được hết. Có quá nhiều thứ đến cùng lúc. Hãy đợi một chút. Rồi chạm Tiếp tục.
code-file-too-much = Như vậy là quá nhiều. Hãy bỏ bớt khỏi danh sách. Rồi chạm Tiếp tục.
code-file-refused = Chúng tôi không nhận được các tệp này. Chúng tôi đã nhận được lời của bạn.
code-file-done = Chúng tôi đã có đủ. Bạn có thể thêm nữa, hoặc rời trang này.

## Speaking instead of writing

code-voice-add = Thu giọng nói của bạn
code-voice-heading = Thu giọng nói của bạn
code-voice-what = Bạn có thể nói rồi gửi đi. Chúng tôi làm giọng bạn nghe khác đi. Nhưng người quen của bạn vẫn có thể nhận ra giọng nói và những từ bạn dùng.
code-voice-trace = Điện thoại của bạn có thể ghi lại là trang này đã dùng micrô. Hãy chắc rằng không ai ở gần nghe thấy bạn.
code-voice-start = Bắt đầu
code-voice-stop = Dừng
code-voice-ask = Điện thoại của bạn có thể hỏi chúng tôi có được dùng micrô không.
code-voice-going = Đang thu. Bạn có thể nói { $minutes } phút. Chạm Dừng khi nói xong.
code-voice-wait = Chúng tôi đang đổi giọng của bạn.
code-voice-none = Chúng tôi không dùng được micrô. Chúng tôi đã nhận được lời của bạn. Bạn có thể thử lại, hoặc quay lại.
code-voice-item = Giọng nói { $number }
code-voice-changed = Bây giờ giọng bạn nghe như thế này. Hãy nghe trước. Vặn nhỏ nếu có người ở gần.
code-voice-play = Nghe

file-more = Không có tín hiệu? Hay có tệp cần gửi?
file-save-what = Bạn có thể lưu trang này vào điện thoại. Nó chạy được khi không có tín hiệu. Nó khóa lời của bạn vào một tệp, và bạn gửi tệp đó sau. Nhưng người khác có thể thấy trang và tệp trong điện thoại cho đến khi bạn xóa chúng.
file-save = Lưu trang này
file-save-script = Trang bạn lưu cũng cần JavaScript. Hãy mở nó ở nơi JavaScript đang bật.
file-send-what = Bạn có tệp đã khóa do trang của chúng tôi tạo không? Hãy gửi ở đây. Chỉ chọn tệp đó, đừng chọn tệp khác. Đừng đổi tên tệp.
file-send = Gửi tệp
file-wrong = Đây không phải tệp đã khóa của trang chúng tôi. Nó chưa được gửi. Hãy chọn đúng tệp.

offline-what = Đây là trang bạn đã lưu. Nó không gửi được. Nó khóa lời của bạn vào một tệp. Bạn gửi tệp đó từ trang web của chúng tôi, hoặc đưa cho người bạn tin.
offline-lock = Khóa vào một tệp
offline-locking = Đang khóa lời của bạn. Xin ở lại trang này.
offline-heading = Tệp của bạn đã xong
offline-file = Hãy tìm ở nơi điện thoại giữ các tệp tải về. Tên nó là { $file }. Chỉ những nhóm bạn đã chọn mở được. Nó chưa được gửi.
offline-next = Để gửi, hãy vào trang web nơi bạn lấy trang này. Chạm “{ file-more }” và chọn tệp ở đó. Hoặc nhờ người bạn tin làm giúp. Hãy làm trước ngày { $date }.
offline-keep = Lời của bạn vẫn còn trên trang này. Bạn đã có tệp chưa? Nếu có, hãy rời trang này. Như vậy lời ở đây sẽ bị xóa. Tệp thì không bị xóa.
offline-again = Lưu tệp lần nữa

sealed-file = Bây giờ bạn có thể xóa tệp đó khỏi điện thoại này. Nó đã được khóa. Nhưng nó có thể cho thấy bạn đã viết cho chúng tôi.
sealed-again = Tin chưa được gửi. Có quá nhiều tin đến cùng lúc, hoặc mạng chậm. Bạn vẫn còn tệp của mình. Chờ một chút. Rồi quay lại và gửi lần nữa.
sealed-paused = Tin chưa được gửi. Lúc này chúng tôi không nhận tin ở đây. Bạn vẫn còn tệp của mình. Xin gửi sau.
sealed-wrong = Tin chưa được gửi. Đây không phải tệp đã khóa của trang chúng tôi, hoặc tệp bị thiếu một phần. Hãy chọn đúng tệp. Nếu đã chọn đúng, hãy tạo tệp mới, rồi gửi tệp đó.
sealed-stale = Tin chưa được gửi. Tệp này quá cũ. Hãy lưu lại trang của chúng tôi. Dùng trang đó tạo tệp mới, rồi gửi tệp đó.
sealed-other-site = Tin chưa được gửi. Tệp này được tạo cho một trang khác, và ở đây không ai mở được. Hãy gửi tệp ở trang đó. Hoặc lưu trang của chúng tôi, dùng trang đó tạo tệp mới, rồi gửi tệp đó.
sealed-remake = Tin chưa được gửi. Chúng tôi không nhận được tệp này. Có thể nó quá cũ, hoặc không phải tệp do trang của chúng tôi tạo. Hãy quay lại, tạo tệp mới, rồi gửi tệp đó.
