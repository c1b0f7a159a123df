package domain

import "strings"

// Phrase is a text in both languages of the interface.
type Phrase struct{ Zh, En string }

// actWords says what an act of the audit is, for a person to read. An act that
// is missing here is said by its parts, below.
var actWords = map[string]Phrase{
	"volunteer.read":             {"查看了资料", "looked at the details"},
	"volunteer.phone-read":       {"查看了手机号", "looked at the phone number"},
	"volunteer.identity-read":    {"为出具证明读取了姓名和证件", "read name and identity paper for a certificate"},
	"volunteer.record-sent":      {"为报送全国系统导出了基本信息", "took out the basic information for the national system"},
	"volunteer.looked_up":        {"按编号或手机号查找了本人", "looked the person up by number or phone"},
	"volunteer.registered":       {"登记为志愿者", "registered as a volunteer"},
	"volunteer.added":            {"由队长登记，加入队伍", "was registered by a leader and put into the team"},
	"paper.refused":              {"填写了别人已登记的证件号", "gave an identity number that is registered already"},
	"volunteer.claimed":          {"本人认领了账号", "claimed the account"},
	"volunteer.corrected":        {"更正了资料", "corrected the details"},
	"volunteer.merged":           {"把两份登记合并成一份", "merged two records into one"},
	"volunteer.of_age":           {"到了十八岁，不再按未成年人处理", "turned eighteen, and is no minor any more"},
	"volunteer.erased":           {"注销了账号", "erased the account"},
	"volunteer.exported":         {"下载了本人的全部资料", "downloaded everything that is held about them"},
	"session.ended":              {"让本人的所有设备退出了登录", "signed the person out on all devices"},
	"guardian_consent.recorded":  {"登记了监护人同意书", "recorded a guardian’s consent"},
	"guardian_consent.withdrawn": {"登记了监护人收回同意", "recorded that the guardian took the consent back"},
	"consent.said_by_guardian":   {"登记了监护人对单项的决定", "recorded what the guardian decided about one purpose"},
	"claim_link.made":            {"生成了认领链接", "made a link to claim the account"},
	"phone.vouched":              {"当面为新手机号作保", "vouched in person for a new phone number"},
	"phone.changed":              {"用新手机号登录，更换了号码", "signed in with the new number, which took effect"},
	"phone.taken":                {"新手机号登记在另一份档案上，没有更换", "the new number proved to be of another record; nothing was changed"},
	"phone.undone":               {"撤销了手机号的更换", "took a change of the phone number back"},
	"shared_phone.declared":      {"把一部手机设为共用手机", "declared a phone to be shared"},
	"shared_phone.pin_set":       {"在共用手机上设了换人密码", "set a PIN on a shared phone"},
	"shared_phone.left":          {"从共用手机上移走了自己", "left a shared phone"},
	"shared_phone.ended":         {"停用了一部共用手机", "ended the sharing of a phone"},
	"roster.uploaded":            {"上传了名册", "uploaded a roster"},
	"card.replaced":              {"换发了志愿者卡，旧卡作废", "issued a new volunteer card; the old one is void"},
	"grant.given":                {"授予了妇联岗位权限", "gave an officer’s authority"},
	"grant.withdrawn":            {"收回了妇联岗位权限", "withdrew an officer’s authority"},
	"team.approved":              {"批准了队伍", "approved the team"},
	"roster.exported":            {"导出了花名册", "exported the roster"},
	"roster.imported":            {"导入了花名册", "imported a roster"},
	"audit.read":                 {"查看了有关本人的审计记录", "looked at the audit about the person"},
	"consent.renewal":            {"同意书有了新内容，等待再次同意", "asked to agree again to new words"},
	"reporting_unit.added":       {"新增了统计单位", "added a reporting unit"},
	"reporting_unit.renamed":     {"改了统计单位的名称", "renamed a reporting unit"},

	"team.drafted":            {"起草了建队申请", "drafted the team"},
	"team.edited":             {"修改了队伍资料", "changed the team’s details"},
	"team.described":          {"修改了队伍介绍", "changed the team’s description"},
	"team.submitted":          {"提交了建队申请", "submitted the team for approval"},
	"team.returned":           {"退回了建队申请", "returned the team’s application"},
	"team.suspended":          {"暂停了队伍", "suspended the team"},
	"team.resumed":            {"恢复了队伍", "lifted the team’s suspension"},
	"team.dissolved":          {"撤销了队伍", "dissolved the team"},
	"team.handover_proposed":  {"提出交接队长", "proposed to hand the team over"},
	"team.handover_declined":  {"没有接受当队长", "declined to lead the team"},
	"team.handover_withdrawn": {"撤回了交接", "withdrew the handover"},
	"team.handed_over":        {"接任了队长", "took over as leader"},
	"team.leader_appointed":   {"指定了队长", "appointed a leader"},
	"team_category.changed":   {"修改了队伍类别", "changed a category of teams"},
	"reporting_unit.retired":  {"停用了统计单位", "retired a reporting unit"},
	"reporting_unit.restored": {"恢复了统计单位", "took a reporting unit into use again"},
	"region.moved":            {"把区划移到了别的上级", "moved a division"},
	"office.closed":           {"关闭了妇联组织", "closed an office"},
	"office.reopened":         {"重新开放了妇联组织", "opened an office again"},
	"team.office_chosen":      {"选定了联系队伍的妇联组织", "chose the office that looks after a team"},

	"membership.invited":        {"邀请了加入队伍", "invited into a team"},
	"membership.active":         {"邀请了已经申请的人，入队生效", "took in by invitation who had applied"},
	"membership.role_set":       {"任免了副队长", "made or unmade a deputy"},
	"membership.joined_by_code": {"用入队码加入了队伍", "joined a team by its code"},
	"complaint.submitted":       {"提交了投诉", "sent a complaint"},
	"complaint.looked_at":       {"开始处理投诉", "took up a complaint"},
	"complaint.upheld":          {"对投诉作出决定：属实", "decided a complaint: upheld"},
	"complaint.not_upheld":      {"对投诉作出决定：不属实", "decided a complaint: not upheld"},
	"qualification.applied":     {"登记了资质，等待确认", "registered a qualification that waits"},
	"qualification.granted":     {"学完培训班，得到资质", "was given a qualification by completing a class"},
	"qualification.recorded":    {"登记了看过原件的资质", "recorded a qualification after seeing the paper"},
	"qualification.confirmed":   {"确认了资质", "confirmed a qualification"},
	"qualification.refused":     {"没有通过资质", "did not accept a qualification"},
	"qualification.withdrawn":   {"撤销了资质", "withdrew a qualification"},
	"qualification.read":        {"查看了资质的证书编号", "looked at the number of a qualification"},
	"appeal.upheld":             {"对申诉作出决定：维持移出", "decided an appeal: the removal stands"},
	"appeal.reversed":           {"对申诉作出决定：撤销移出", "decided an appeal: the removal is undone"},
}

// What an act is about, and what was done, for acts that have no words of their own.
var (
	nouns = map[string]Phrase{
		"volunteer": {"志愿者资料", "a volunteer’s details"}, "membership": {"队员关系", "a membership"}, "team": {"队伍", "a team"},
		"grant": {"授权", "an authority"}, "region": {"区划", "a division"}, "office": {"妇联组织", "an office"}, "roster": {"花名册", "a roster"},
		"reporting_unit": {"统计单位", "a reporting unit"}, "claim_link": {"认领链接", "a claim link"}, "invitation": {"邀请", "an invitation"},
		"join_code": {"入队码", "a join code"}, "skill": {"技能项目", "a skill"}, "session": {"登录", "a session"}, "phone": {"手机号", "a phone number"},
		"guardian_consent": {"监护人同意", "a guardian’s consent"}, "qualification": {"资质", "a qualification"}, "honour": {"表彰", "an honour"},
		"training": {"培训记录", "a training"}, "qualification_kind": {"资质种类", "a sort of qualification"},
		"complaint": {"评价投诉", "a complaint"}, "card": {"志愿者卡", "a volunteer card"}, "notice": {"通知", "a notice"}, "second_factor": {"第二重验证", "a second factor"},
	}
	verbs = map[string]Phrase{
		"read": {"查看了", "looked at"}, "exported": {"导出了", "exported"}, "imported": {"导入了", "imported"}, "printed": {"打印了", "printed"},
		"given": {"给予了", "gave"}, "withdrawn": {"收回了", "withdrew"}, "made": {"新建了", "made"}, "added": {"新增了", "added"}, "kept": {"保存了", "kept"},
		"changed": {"更改了", "changed"}, "corrected": {"更正了", "corrected"}, "renamed": {"改名了", "renamed"}, "removed": {"移除了", "removed"},
		"approved": {"批准了", "approved"}, "declined": {"未批准", "declined"}, "submitted": {"提交了", "submitted"}, "suspended": {"暂停了", "suspended"},
		"resumed": {"恢复了", "resumed"}, "dissolved": {"解散了", "dissolved"}, "merged": {"合并了", "merged"}, "accepted": {"接受了", "accepted"},
		"verified": {"核实了", "verified"}, "refused": {"未通过", "refused"}, "closed": {"办结了", "closed"}, "answered": {"答复了", "answered"},
		"ended": {"结束了", "ended"}, "active": {"生效了", "made active"}, "revoked": {"撤销了", "revoked"}, "recorded": {"登记了", "recorded"},
		"handed_over": {"交接了", "handed over"}, "vouched": {"担保更换了", "vouched for"}, "applied": {"申请了", "applied for"}, "expired": {"到期的是", "let expire"},
	}
	someNoun = Phrase{"登记", "a record"}
	someVerb = Phrase{"处理了", "acted on"}
)

// ActWords returns what an act of the audit is, in words.
func ActWords(act string) Phrase {
	if w, ok := actWords[act]; ok {
		return w
	}
	noun, verb, _ := strings.Cut(act, ".")
	n, ok := nouns[noun]
	if !ok {
		n = someNoun
	}
	v, ok := verbs[verb]
	if !ok {
		v = someVerb
	}
	return Phrase{v.Zh + n.Zh, v.En + " " + n.En}
}
