package domain

import (
	"maps"
	"regexp"
	"slices"
)

// NoticeKind is what sort of thing a notice tells. The list is closed.
type NoticeKind string

// What teams tells itself.
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
var noticeKinds = allKinds(peopleKinds, taskKinds, hoursKinds, pairingsKinds)

func allKinds(areas ...map[NoticeKind]noticeKind) map[NoticeKind]noticeKind {
	all := map[NoticeKind]noticeKind{}
	for _, area := range areas {
		maps.Copy(all, area)
	}
	return all
}

// peopleKinds are told by teams itself.
var peopleKinds = map[NoticeKind]noticeKind{
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
