package domain

import (
	"maps"
	"regexp"
	"slices"
)

// NoticeKind is what sort of thing a notice tells. The list is closed.
type NoticeKind string

// Every kind there is.
const (
	NoticeMembershipApplied  NoticeKind = "membership.applied" // to those who lead the team
	NoticeMembershipApproved NoticeKind = "membership.approved"
	NoticeMembershipDeclined NoticeKind = "membership.declined"
	NoticeMembershipInvited  NoticeKind = "membership.invited"
	NoticeMembershipRemoved  NoticeKind = "membership.removed"
	NoticeAppealDecided      NoticeKind = "appeal.decided"
	NoticeAppealUpheld       NoticeKind = "appeal.upheld"   // to those who lead the team
	NoticeAppealReversed     NoticeKind = "appeal.reversed" // to those who lead the team
	NoticeTeamApproved       NoticeKind = "team.approved"
	NoticeTeamReturned       NoticeKind = "team.returned"
	NoticeTeamSuspended      NoticeKind = "team.suspended"
	NoticeHandoverAsked      NoticeKind = "handover.asked"
	NoticeHandoverDone       NoticeKind = "handover.done"
	NoticeGrantGiven         NoticeKind = "grant.given"
	NoticeGrantEnded         NoticeKind = "grant.ended"
	NoticePhoneChanged       NoticeKind = "phone.changed" // to the office
	NoticePhoneTaken         NoticeKind = "phone.taken"   // to the office
	NoticeQualificationEnds  NoticeKind = "qualification.expiring"
	NoticeQualificationOver  NoticeKind = "qualification.expired"
	NoticePaperDecided       NoticeKind = "qualification.decided"
	NoticeHonourChanged      NoticeKind = "honour.changed"
	NoticeComplaintDecided   NoticeKind = "complaint.decided"
	NoticeConsentRenewal     NoticeKind = "consent.renew"
	NoticeRecordsMerged      NoticeKind = "records.merged"
	NoticeTaskPublished      NoticeKind = "task.published"
	NoticeTaskCancelled      NoticeKind = "task.cancelled"
	NoticeTaskChanged        NoticeKind = "task.changed"
	NoticeTaskPaused         NoticeKind = "task.paused"
	NoticeTaskResumed        NoticeKind = "task.resumed"
	NoticeLedPaused          NoticeKind = "led.paused"           // to those who lead the team
	NoticeLedResumed         NoticeKind = "led.resumed"          // to those who lead the team
	NoticeCheckOutsForgotten NoticeKind = "attendance.forgotten" // to those who lead the team
	NoticeHoursDeclared      NoticeKind = "attendance.declared"  // to those who lead the team
	NoticeConfirmOne         NoticeKind = "attendance.confirm"   // to whoever is to confirm one person's hours
	NoticeTomorrow           NoticeKind = "shift.tomorrow"
	NoticeSoon               NoticeKind = "shift.soon"
	NoticeWithdrawnLate      NoticeKind = "sign_up.late" // to those who lead the team
	NoticeSwapped            NoticeKind = "swap.taken"   // to those who lead the team
	NoticeSeatTaken          NoticeKind = "swap.seat_taken"
	NoticeSeatExchanged      NoticeKind = "swap.exchanged"
	NoticeSwapUndone         NoticeKind = "swap.undone"
	NoticeSignedUp           NoticeKind = "sign_up.entered"
	NoticeWaitlisted         NoticeKind = "sign_up.waits"
	NoticeSeatOffered        NoticeKind = "seat.offered"
	NoticeSeatFree           NoticeKind = "seat.free"
	NoticeSeatLapsed         NoticeKind = "seat.lapsed"
	NoticeInvited            NoticeKind = "shift.invited"
	NoticeJoinAsked          NoticeKind = "task.join_asked"     // to those who lead the brigade that is asked
	NoticeJoined             NoticeKind = "task.joined"         // to those who lead the team
	NoticeNotJoined          NoticeKind = "task.not_joined"     // to those who lead the team
	NoticeJoinWithdrawn      NoticeKind = "task.join_withdrawn" // to those who lead the brigade that was asked
	NoticePhotoTakenDown     NoticeKind = "photo.taken_down"    // to those who lead the team
	NoticeTrainingCompleted  NoticeKind = "training.completed"
	NoticeAnomalyFound       NoticeKind = "anomaly.found"
	NoticeAnomalyDecided     NoticeKind = "anomaly.decided"
	NoticeHoursConfirmed     NoticeKind = "hours.confirmed"
	NoticeNewDevice          NoticeKind = "security.new_device"
	NoticeCardReplaced       NoticeKind = "card.replaced"
)

// noticeKind is how a kind reads. {name} stands for one of the notice's words;
// how each is written is said by Reader.fill. What is important also goes out
// as a text message, which never names a person.
type noticeKind struct {
	titleZH, titleEN string
	zh, en           string
	address          string // where a tap leads in the web app
	important        bool
}

// noticeKinds is the one place where notices have their words: the inbox and
// the text messages both read from it.
var noticeKinds = allKinds(peopleAndTaskKinds, hoursKinds)

func allKinds(areas ...map[NoticeKind]noticeKind) map[NoticeKind]noticeKind {
	all := map[NoticeKind]noticeKind{}
	for _, area := range areas {
		maps.Copy(all, area)
	}
	return all
}

// peopleAndTaskKinds are told by teams itself and by tasks.
var peopleAndTaskKinds = map[NoticeKind]noticeKind{
	NoticeMembershipApplied: {
		titleZH: "入队申请", titleEN: "Request to join", address: "/teams/{team_id}/people",
		zh: "{person}申请加入{team}，请点开答复。",
		en: "{person} asks to join {team}; open this to answer.",
	},
	NoticeMembershipApproved: {
		titleZH: "入队成功", titleEN: "Welcome", address: "/teams/{team_id}",
		zh: "您已经是{team}的队员，欢迎！",
		en: "You are now a member of {team}. Welcome!",
	},
	NoticeMembershipDeclined: {
		titleZH: "入队申请", titleEN: "Request to join", address: "/mine/teams?team={team_id}",
		zh: "{team}这次没有通过您的入队申请，点开可以看到理由。",
		en: "{team} did not accept your request this time; open this to see why.",
	},
	NoticeMembershipInvited: {
		titleZH: "入队邀请", titleEN: "Invitation", address: "/mine/teams?team={team_id}",
		zh: "{team}邀请您加入，接受还是谢绝由您决定。",
		en: "{team} invites you to join. Accepting or declining is up to you.",
	},
	NoticeMembershipRemoved: {
		titleZH: "离队通知", titleEN: "Removed from a team", address: "/mine/teams?team={team_id}",
		zh: "您已不再是{team}的队员。点开可以看到理由；不同意可以申诉，时长都会保留。",
		en: "You are no longer a member of {team}. Open this to see why; you can appeal, and your hours stay.",
	},
	NoticeAppealDecided: {
		titleZH: "申诉结果", titleEN: "Appeal decided", address: "/mine/teams?team={team_id}",
		zh: "您对{team}的申诉有了结果，请点开查看。",
		en: "Your appeal about {team} has been decided; open this to see how.",
	},
	NoticeAppealUpheld: {
		titleZH: "申诉结果", titleEN: "Appeal decided", address: "/teams/{team_id}/people",
		zh: "{person}被移出{team}后提出申诉，妇联决定：维持移出。",
		en: "{person} appealed against the removal from {team}; the office decided that it stands.",
	},
	NoticeAppealReversed: {
		titleZH: "申诉结果", titleEN: "Appeal decided", address: "/teams/{team_id}/people",
		zh: "{person}被移出{team}后提出申诉，妇联决定：撤销移出，仍是队员。",
		en: "{person} appealed against the removal from {team}; the office decided to undo it, and they are a member again.",
	},
	NoticeTeamApproved: {
		titleZH: "队伍获批", titleEN: "Team approved", address: "/teams/{team_id}",
		zh: "{team}已经获批，可以招募队员、发布活动了。",
		en: "{team} has been approved; you can now recruit members and post tasks.",
	},
	NoticeTeamReturned: {
		titleZH: "请修改申请", titleEN: "Please revise", address: "/teams/{team_id}",
		zh: "{team}的申请需要修改，请点开看妇联的意见。",
		en: "The application of {team} needs changes; open this to see what the federation says.",
	},
	NoticeTeamSuspended: {
		titleZH: "队伍暂停", titleEN: "Team suspended", address: "/teams/{team_id}",
		zh: "{team}已暂停活动，请点开看原因。已有的时长不受影响。",
		en: "{team} has been suspended; open this to see why. Hours already given are not affected.",
	},
	NoticeHandoverAsked: {
		titleZH: "请您接任队长", titleEN: "Will you lead?", address: "/teams/{team_id}",
		zh: "{person}请您接任{team}的队长，请点开答复。",
		en: "{person} asks you to take over as leader of {team}; open this to answer.",
	},
	NoticeHandoverDone: {
		titleZH: "队长交接", titleEN: "New leader", address: "/teams/{team_id}",
		zh: "{team}完成了交接，现在的队长是{person}。",
		en: "{team} has been handed over; its leader is now {person}.",
	},
	NoticeGrantGiven: {
		titleZH: "获得授权", titleEN: "Authority given", address: "/console", important: true,
		zh: "您获得了{region}的{grant}权限。如果您不知道这件事，请马上联系上级妇联。",
		en: "You have been made {grant} of {region}. If you did not expect this, please contact your federation at once.",
	},
	NoticeGrantEnded: {
		titleZH: "授权结束", titleEN: "Authority ended", address: "/mine",
		zh: "您在{region}的{grant}权限已经结束。",
		en: "You are no longer {grant} of {region}.",
	},
	NoticePhoneChanged: {
		titleZH: "更换手机号", titleEN: "Phone changed", address: "/console/volunteers/{person_id}",
		zh: "{person}更换了手机号，由{by}当面确认。如有疑问请核实。",
		en: "{person} has a new phone number, vouched for in person by {by}. Please check if in doubt.",
	},
	NoticePhoneTaken: {
		titleZH: "手机号重复", titleEN: "One phone, two records", address: "/console/volunteers/{person_id}",
		zh: "{person}的新手机号登记在另一份档案上，可能是同一个人。请核实，是同一个人的请合并。",
		en: "The new phone number of {person} is that of another record, perhaps of the same person. Please check, and merge the two if so.",
	},
	NoticeQualificationEnds: {
		titleZH: "证书快到期", titleEN: "Evidence expires", address: "/mine/credentials",
		zh: "您的“{qualification}”有效期到{day}，请及时换证，换好后再登记一次。",
		en: "Your “{qualification}” is good until {day}; please renew it in time and register it again.",
	},
	NoticeQualificationOver: {
		titleZH: "证书已到期", titleEN: "Evidence expired", address: "/mine/credentials",
		zh: "您的“{qualification}”有效期到{day}，已经到期。已有的时长不受影响；换证后请再登记一次。",
		en: "Your “{qualification}” was good until {day} and has expired. Your hours stay; please register the renewed one.",
	},
	NoticePaperDecided: {
		titleZH: "资质", titleEN: "Qualification", address: "/mine/credentials",
		zh: "您的“{qualification}”{outcome}，点开可以看详情。",
		en: "Your “{qualification}” {outcome}; open this for details.",
	},
	NoticeHonourChanged: {
		titleZH: "表彰", titleEN: "Honour", address: "/mine/credentials",
		zh: "您的表彰“{honour}”{outcome}，点开可以看详情。",
		en: "Your honour “{honour}” {outcome}; open this for details.",
	},
	NoticeComplaintDecided: {
		titleZH: "评价投诉", titleEN: "Complaint decided", address: "/mine/complaints",
		zh: "有关{team}的一条投诉有了处理结果，请点开查看。",
		en: "A complaint about {team} has been decided; open this to see how.",
	},
	NoticeConsentRenewal: {
		titleZH: "请重新确认", titleEN: "Please confirm again", address: "/mine/privacy",
		zh: "“{consent}”的说明有了新内容，请看过再决定是否同意。",
		en: "The text of “{consent}” has changed; please read it and decide again.",
	},
	NoticeRecordsMerged: {
		titleZH: "登记已合并", titleEN: "Records merged", address: "/mine/profile",
		zh: "妇联把您的另一份登记（编号{number}）并到了这一份：队伍、时长和消息都在这里。那一份的登录和第二重验证已经失效；不是您本人的，请马上联系妇联。",
		en: "The federation made your other record (number {number}) part of this one: teams, hours and messages are here. Its sign-ins and its second factor no longer work. If it was not yours, please tell the federation at once.",
	},
	NoticeTaskPublished: {
		titleZH: "新活动", titleEN: "New task", address: "/tasks/{task_id}",
		zh: "{team}发布了“{task}”，点开可以报名。",
		en: "{team} has posted “{task}”; open this to sign up.",
	},
	NoticeTaskCancelled: {
		titleZH: "活动取消", titleEN: "Task cancelled", address: "/tasks/{task_id}", important: true,
		zh: "{start}的“{task}”取消了，不用再去。",
		en: "“{task}” on {start} has been cancelled; please do not go.",
	},
	NoticeTaskChanged: {
		titleZH: "活动有变", titleEN: "Task changed", address: "/tasks/{task_id}", important: true,
		zh: "“{task}”有变动：{start}，{place}。请以此为准。",
		en: "“{task}” has changed: it is now {start}, {place}.",
	},
	NoticeCheckOutsForgotten: {
		titleZH: "等您确认", titleEN: "To be confirmed", address: "/shifts/{shift_id}/confirm",
		zh: "“{task}”结束了，有{count}人没有签退。请点开填上离开的时间，再确认时长。",
		en: "“{task}” is over and {count} did not check out. Open this to say when they left and confirm the hours.",
	},
	NoticeHoursDeclared: {
		titleZH: "本人申报", titleEN: "Own word", address: "/shifts/{shift_id}/confirm",
		zh: "{person}申报参加了“{task}”，请点开看看是否属实。",
		en: "{person} says that they took part in “{task}”; open this to say whether that is so.",
	},
	NoticeConfirmOne: {
		titleZH: "请您确认", titleEN: "Please confirm", address: "/shifts/{shift_id}/confirm",
		zh: "{person}在“{task}”的时长不能由自己确认，请您来确认。点开只要一步。",
		en: "{person} cannot confirm their own hours of “{task}”, so you are asked to. It takes one tap.",
	},
	NoticeTomorrow: {
		titleZH: "活动提醒", titleEN: "Reminder", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "{start}，{place}，“{task}”。能来请点“我会来”，来不了请早些取消。",
		en: "{start}, {place}: “{task}”. Please say that you come, or withdraw early.",
	},
	NoticeSoon: {
		titleZH: "活动快开始了", titleEN: "It begins soon", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "“{task}”{start}开始，地点：{place}。",
		en: "“{task}” begins {start} at {place}.",
	},
	NoticeWithdrawnLate: {
		titleZH: "临时取消", titleEN: "Withdrawn late", address: "/shifts/{shift_id}/call",
		zh: "{person}临时来不了“{task}”（{start}）。有候补的会自动去问；点开看原因。",
		en: "{person} cannot come to “{task}” ({start}) after all. Those who wait are asked by themselves; open this to see why.",
	},
	NoticeSwapped: {
		titleZH: "队员换班", titleEN: "Places changed", address: "/shifts/{shift_id}/call",
		zh: "“{task}”（{start}）：{by}的名额换给了{person}，两个人都同意。不合适的话，开始之前点开可以撤销。",
		en: "“{task}” ({start}): {person} has the seat of {by}; both agreed. Open this to undo it before the start, if it does not do.",
	},
	NoticeSeatTaken: {
		titleZH: "名额有人接了", titleEN: "Your seat was taken over", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”（{start}）：有人点了您的换班链接，这一场由她去，您不用来了。",
		en: "“{task}” ({start}): somebody took your link and goes in your place; you need not come.",
	},
	NoticeSeatExchanged: {
		titleZH: "换班换好了", titleEN: "Places exchanged", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”：有人和您换了班，您现在参加的是 {start} 这一场，原来那一场不用去了。",
		en: "“{task}”: somebody exchanged seats with you. Yours is {start} now; you need not come to the one before.",
	},
	NoticeSwapUndone: {
		titleZH: "换班撤销了", titleEN: "An exchange was undone", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”（{start}）的换班，队长撤销了，名额回到换班以前。点开看您现在是哪一场，有问题请问队长。",
		en: "The leader has undone the exchange for “{task}” ({start}); the seats are as before. Open this to see yours, and ask the leader if anything is unclear.",
	},
	NoticeSignedUp: {
		titleZH: "群里的报名记上了", titleEN: "You are signed up", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "您在群里报名的“{task}”（{start}，{place}），队长已经记上。不去了可以点开取消。",
		en: "The leader has written down your sign-up for “{task}” ({start}, {place}). Open this to withdraw.",
	},
	NoticeWaitlisted: {
		titleZH: "群里的报名记上了", titleEN: "You are waiting", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "您在群里报名的“{task}”（{start}）已经满了，先记在候补里，有名额会告诉您。",
		en: "“{task}” ({start}), for which you signed up in the group, is full; you are on its waiting list and are told when a seat is free.",
	},
	NoticeSeatOffered: {
		titleZH: "候补有名额了", titleEN: "A seat for you", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "您候补的“{task}”（{at}）空出一个名额，给您留到{until}，请点开答复。",
		en: "“{task}” ({at}) has a free seat; it is kept for you until {until}. Open this to answer.",
	},
	NoticeSeatFree: {
		titleZH: "候补有名额了", titleEN: "A seat is free", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "您候补的“{task}”（{start}）空出名额，候补的人都收到了消息，先接受的先得，点开就能接受。",
		en: "“{task}” ({start}) has a free seat. All who wait were told; the first to accept has it. Open this to accept.",
	},
	NoticeSeatLapsed: {
		titleZH: "名额给了下一位", titleEN: "The seat went on", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”（{start}）给您留的名额，到时间没有收到答复，已经让给下一位。还想参加，点开可以重新排候补。",
		en: "“{task}” ({start}): the seat kept for you was not answered in time and went to the next. Open this to wait again.",
	},
	NoticeInvited: {
		titleZH: "请您参加", titleEN: "An invitation", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "{person}请您参加“{task}”（{start}，{place}）。去不去由您，点开一下就能报名或谢绝。",
		en: "{person} invites you to “{task}” ({start}, {place}). It is up to you; open this to sign up or decline.",
	},
	NoticeJoinAsked: {
		titleZH: "请你们联办", titleEN: "Will you join?", address: "/tasks/{task_id}",
		zh: "{team}请你们队一起办“{task}”（{start}，{place}），点开答复。",
		en: "{team} asks your brigade to hold “{task}” together ({start}, {place}). Open this to answer.",
	},
	NoticeJoined: {
		titleZH: "一起办了", titleEN: "They join", address: "/tasks/{task_id}",
		zh: "{team}同意一起办“{task}”。她们的队员来了，时长记在她们队上。",
		en: "{team} joins “{task}”. The hours of their members are credited to them.",
	},
	NoticeNotJoined: {
		titleZH: "这次不联办", titleEN: "They do not join", address: "/tasks/{task_id}",
		zh: "{team}这次不参加联办“{task}”，活动照常进行。",
		en: "{team} does not join “{task}” this time; it takes place as planned.",
	},
	NoticeJoinWithdrawn: {
		titleZH: "联办邀请收回", titleEN: "Invitation taken back", address: "/tasks/{task_id}",
		zh: "{team}收回了联办“{task}”的邀请。已经报名的队员仍可以参加。",
		en: "{team} has taken back the invitation to hold “{task}” together. Members who signed up may still come.",
	},
	NoticeTaskPaused: {
		titleZH: "活动暂停", titleEN: "Task paused", address: "/tasks/{task_id}", important: true,
		zh: "{start}的“{task}”暂停（{reason}），请先不要去；恢复时再通知您。",
		en: "“{task}” on {start} is paused ({reason}); please do not go, you will be told when it resumes.",
	},
	NoticeTaskResumed: {
		titleZH: "活动恢复", titleEN: "Task resumed", address: "/tasks/{task_id}", important: true,
		zh: "{start}的“{task}”恢复了，地点{place}，照常参加。",
		en: "“{task}” on {start} takes place after all: {place}.",
	},
	NoticeLedPaused: {
		titleZH: "您带的活动暂停", titleEN: "Your tasks are paused", address: "/today", important: true,
		zh: "您带的 {count} 场活动已由妇联暂停（{reason}）。报名的人都收到了通知；点开看要给谁打电话。",
		en: "The federation has paused {count} of your shifts ({reason}). Whoever signed up has been told; open this to see whom to call.",
	},
	NoticeLedResumed: {
		titleZH: "您带的活动恢复", titleEN: "Your tasks resume", address: "/today", important: true,
		zh: "您带的 {count} 场活动已经恢复，报名的人都收到了通知。",
		en: "{count} of your shifts take place after all; whoever signed up has been told.",
	},
	NoticePhotoTakenDown: {
		titleZH: "照片已撤下", titleEN: "A photo was taken down", address: "/tasks/{task_id}",
		zh: "妇联撤下了“{task}”的一张照片：{reason}。活动和时长不受影响。",
		en: "The federation took down a photo of “{task}”: {reason}. The activity and its hours are not affected.",
	},
	NoticeTrainingCompleted: {
		titleZH: "培训学完了", titleEN: "Class completed", address: "/mine/credentials",
		zh: "您学完了“{task}”，参训证明已经开好，点开可以保存。",
		en: "You have completed “{task}”. Your certificate of attendance is ready; open this to save it.",
	},
	NoticeAnomalyFound: {
		titleZH: "请您说明", titleEN: "A question", address: "/mine/questions",
		zh: "“{task}”的签到记录有一处系统看不明白，请点开说明一句。这不是处罚，时长不受影响，由妇联的人来看。",
		en: "Something in your record of “{task}” is not clear to the system; open this to say a sentence about it. It is no punishment and changes nothing; a person at the federation will look at it.",
	},
	NoticeAnomalyDecided: {
		titleZH: "核实结果", titleEN: "Verified", address: "/mine/questions",
		zh: "“{task}”的签到记录已经核实，点开可以看结果和理由。",
		en: "Your record of “{task}” has been verified; open this to see how and why.",
	},
	NoticeHoursConfirmed: {
		titleZH: "时长已确认", titleEN: "Hours confirmed", address: "/mine",
		zh: "{day} {minutes}，{role}已确认。活动：{task}。",
		en: "{day}: {minutes}, confirmed by the {role}. Task: {task}.",
	},
	NoticeCardReplaced: {
		titleZH: "换了新卡", titleEN: "New card", address: "/mine/card",
		zh: "{person}为您换了新的志愿者卡，旧卡已经作废。",
		en: "{person} issued a new volunteer card for you; the old one is void.",
	},
	NoticeNewDevice: {
		titleZH: "新设备登录", titleEN: "New device", address: "/mine/security", important: true,
		zh: "您的账号{at}在一台新设备上登录。不是您本人的话，请马上退出所有设备并告诉妇联。",
		en: "Your account was used on a new device ({at}). If that was not you, sign out everywhere at once and tell the federation.",
	},
}

var word = regexp.MustCompile(`\{(\w+)\}`)

// Needs returns the names of the words that the kind's sentences and address
// hold, sorted.
func (k NoticeKind) Needs() []string {
	how := noticeKinds[k]
	names := map[string]bool{}
	for _, match := range word.FindAllStringSubmatch(how.zh+how.en+how.address, -1) {
		names[match[1]] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// Words returns those of the words that the kind needs; others may offer more.
func (k NoticeKind) Words(offered map[string]string) Words {
	words := Words{}
	for _, name := range k.Needs() {
		if value, ok := offered[name]; ok {
			words[name] = value
		}
	}
	return words
}

// NoticeKinds returns every kind, sorted.
func NoticeKinds() []NoticeKind { return slices.Sorted(maps.Keys(noticeKinds)) }
