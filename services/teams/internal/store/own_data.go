package store

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// OwnColumn is a column of what somebody is given about themself.
type OwnColumn struct{ Name, Title string } // for programs, for people

// OwnSection is a part of what is held about somebody, in words that need no
// explanation. A table of people's data that is in no section and not left
// out for a reason fails a test.
type OwnSection struct {
	Name, Title string
	Tables      []string // where it is from
	Columns     []OwnColumn
	Query       string // text columns in that order, for the person $1
}

const ownDay, ownMinute = `'YYYY-MM-DD'`, `'YYYY-MM-DD HH24:MI'`

// at writes an instant as people in Hebi read it.
func at(column, form string) string {
	return `COALESCE(to_char(` + column + ` AT TIME ZONE 'Asia/Shanghai', ` + form + `), '')`
}

const roleWords = `CASE m.role WHEN 'leader' THEN '队长' WHEN 'deputy' THEN '副队长' ELSE '队员' END`

// OwnSections is everything but the person's own row, which is sealed in part.
var OwnSections = []OwnSection{
	{
		Name: "memberships", Title: "队伍", Tables: []string{"memberships"},
		Columns: []OwnColumn{{"team", "队伍"}, {"role", "身份"}, {"state", "状态"}, {"since", "从什么时候"}, {"word", "申请时说的话"}, {"reason", "原因"}},
		Query: `SELECT t.name, ` + roleWords + `, CASE m.state WHEN 'active' THEN '在队' WHEN 'ended' THEN '已离队' WHEN 'applied' THEN '申请中'
				WHEN 'invited' THEN '已邀请' ELSE '未加入' END, ` + at("m.since", ownDay) + `, m.word, m.reason
			FROM memberships m JOIN teams t ON t.id = m.team_id
			WHERE m.volunteer_id = $1 ORDER BY m.since, m.id`,
	},
	{
		Name: "appeals", Title: "申诉", Tables: []string{"membership_appeals"},
		Columns: []OwnColumn{{"team", "队伍"}, {"at", "时间"}, {"word", "我说的"}, {"state", "结果"}, {"reason", "理由"}},
		Query: `SELECT t.name, ` + at("a.requested_at", ownMinute) + `, a.word,
				CASE a.state WHEN 'open' THEN '待处理' WHEN 'upheld' THEN '维持' ELSE '恢复队员身份' END, a.reason
			FROM membership_appeals a JOIN memberships m ON m.id = a.membership_id JOIN teams t ON t.id = m.team_id
			WHERE a.volunteer_id = $1 ORDER BY a.requested_at, a.id`,
	},
	{
		Name: "consents", Title: "同意记录", Tables: []string{"consents"},
		Columns: []OwnColumn{{"purpose", "事项"}, {"answer", "决定"}, {"at", "时间"}, {"by", "由谁"}, {"text", "当时的说明"}},
		Query: `SELECT CASE c.purpose WHEN 'board_name' THEN '光荣榜姓名' WHEN 'rank_neighbours' THEN '我的排名' ELSE '签到位置' END,
				CASE WHEN c.given THEN '同意' ELSE '收回' END, ` + at("c.said_at", ownMinute) + `,
				CASE c.said_by WHEN 'self' THEN '本人' WHEN 'guardian' THEN '监护人' WHEN 'merged' THEN '合并登记时从严' ELSE '本人（升级前）' END, x.zh
			FROM consents c JOIN consent_texts x ON x.purpose = c.purpose AND x.version = c.text_version
			WHERE c.volunteer_id = $1 ORDER BY c.said_at, c.id`,
	},
	{
		Name: "skills", Title: "技能", Tables: []string{"person_skills"},
		Columns: []OwnColumn{{"skill", "技能"}},
		Query:   `SELECT s.name FROM person_skills p JOIN skills s ON s.code = p.skill WHERE p.volunteer_id = $1 ORDER BY s.place`,
	},
	{
		Name: "qualifications", Title: "资质", Tables: []string{"qualifications"},
		Columns: []OwnColumn{{"kind", "资质"}, {"issuer", "发证单位"}, {"number", "证书编号"}, {"issued", "发证日期"}, {"until", "有效期至"}, {"state", "状态"}, {"reason", "理由"}},
		Query: `SELECT k.name, f.issuer, f.id::text, f.issued_on::text, COALESCE(f.valid_until::text, '长期'),
				CASE f.state WHEN 'claimed' THEN '待确认' WHEN 'confirmed' THEN '已确认' WHEN 'refused' THEN '未通过' ELSE '已撤销' END, f.reason
			FROM qualifications f JOIN qualification_kinds k ON k.code = f.kind
			WHERE f.volunteer_id = $1 ORDER BY f.issued_on, f.id`,
	},
	{
		Name: "trainings", Title: "培训", Tables: []string{"trainings"},
		Columns: []OwnColumn{{"title", "培训"}, {"organiser", "组织单位"}, {"held", "日期"}, {"minutes", "分钟"}, {"certificate", "证书编号"}, {"withdrawn", "撤销"}, {"reason", "理由"}},
		Query: `SELECT title, organiser, held_on::text, minutes::text, certificate_number, ` + at("withdrawn_at", ownDay) + `, reason
			FROM trainings WHERE volunteer_id = $1 ORDER BY held_on, id`,
	},
	{
		Name: "honours", Title: "表彰", Tables: []string{"honours"},
		Columns: []OwnColumn{{"title", "表彰"}, {"level", "级别"}, {"issuer", "授予单位"}, {"awarded", "日期"}, {"document", "文号"}, {"withdrawn", "撤销"}, {"reason", "理由"}},
		Query: `SELECT title, CASE level WHEN 'nation' THEN '国家级' WHEN 'province' THEN '省级' WHEN 'city' THEN '市级' WHEN 'county' THEN '县级' ELSE '单位' END,
				issuer, awarded_on::text, document_number, ` + at("withdrawn_at", ownDay) + `, reason
			FROM honours WHERE volunteer_id = $1 ORDER BY awarded_on, id`,
	},
	{
		Name: "complaints", Title: "评价投诉", Tables: []string{"complaints"},
		Columns: []OwnColumn{{"team", "队伍"}, {"whose", "谁提出"}, {"at", "时间"}, {"word", "我说的"}, {"state", "结果"}, {"reason", "理由"}},
		Query: `SELECT t.name, CASE WHEN c.complainer = $1 THEN '我' ELSE '有人对我' END,
				CASE WHEN c.complainer = $1 THEN ` + at("c.received_at", ownMinute) + ` ELSE ` + at("c.decided_at", ownMinute) + ` END,
				CASE WHEN c.complainer = $1 THEN c.happened ELSE '' END,
				CASE c.state WHEN 'received' THEN '已收到' WHEN 'looked_at' THEN '处理中' WHEN 'upheld' THEN '属实' ELSE '不属实' END, c.reason
			FROM complaints c JOIN teams t ON t.id = c.team_id
			WHERE c.complainer = $1 OR c.volunteer_id = $1 AND c.decided_by IS NOT NULL ORDER BY c.received_at`,
	},
	{
		Name: "availability", Title: "有空的时间", Tables: []string{"availabilities"},
		Columns: []OwnColumn{{"day", "星期"}, {"part", "时段"}},
		Query: `SELECT '星期' || (ARRAY['一', '二', '三', '四', '五', '六', '日'])[b / 3 + 1], (ARRAY['上午', '下午', '晚上'])[b % 3 + 1]
			FROM availabilities a, generate_series(0, 20) b
			WHERE a.volunteer_id = $1 AND a.slots & (1 << b) <> 0 ORDER BY b`,
	},
	{
		Name: "guardian_consents", Title: "监护人同意", Tables: []string{"guardian_consents"},
		Columns: []OwnColumn{{"relation", "关系"}, {"form", "同意书编号"}, {"archive", "存放处"}, {"from", "从"}, {"withdrawn", "撤回"}},
		Query: `SELECT CASE relation WHEN 'mother' THEN '母亲' WHEN 'father' THEN '父亲' WHEN 'grandparent' THEN '祖父母' ELSE '其他' END,
				form_number, archived_at, ` + at("from_at", ownDay) + `, ` + at("withdrawn_at", ownDay) + `
			FROM guardian_consents WHERE volunteer_id IN (SELECT id FROM volunteers WHERE $1 IN (id, merged_into)) ORDER BY from_at, id`,
	},
	{
		Name: "grants", Title: "妇联授权", Tables: []string{"staff_grants"},
		Columns: []OwnColumn{{"role", "岗位"}, {"region", "区划"}, {"from", "从"}, {"until", "到"}, {"reason", "依据"}},
		Query: `SELECT CASE g.role WHEN 'viewer' THEN '查看员' WHEN 'coordinator' THEN '协调员' WHEN 'child_care' THEN '儿童关爱保护负责人' ELSE '管理员' END,
				r.name, ` + at("g.from_at", ownDay) + `, ` + at("COALESCE(g.ended_at, g.until_at)", ownDay) + `, g.reason
			FROM staff_grants g JOIN regions r ON r.code = g.region_code
			WHERE g.volunteer_id = $1 ORDER BY g.from_at, g.id`,
	},
	{
		Name: "sessions", Title: "登录", Tables: []string{"sessions"},
		Columns: []OwnColumn{{"begun", "登录日期"}, {"ends", "到期日期"}, {"ended", "退出日期"}, {"device", "设备"}},
		Query: `SELECT ` + at("created_at", ownDay) + `, ` + at("expires_at", ownDay) + `, ` + at("revoked_at", ownDay) + `, device
			FROM sessions WHERE volunteer_id = $1 ORDER BY created_at, id`,
	},
	{
		Name: "shared_phones", Title: "共用手机", Tables: []string{"shared_phones", "shared_phone_people"},
		Columns: []OwnColumn{{"kept", "加入日期"}, {"used", "最近使用"}},
		Query: `SELECT ` + at("p.kept_at", ownDay) + `, ` + at("p.used_at", ownDay) + `
			FROM shared_phone_people p WHERE p.volunteer_id = $1 ORDER BY p.kept_at, p.phone_id`,
	},
	{
		Name: "phone_changes", Title: "换手机号", Tables: []string{"phone_changes"},
		Columns: []OwnColumn{{"at", "时间"}, {"phone", "新号码"}, {"state", "结果"}},
		Query: `SELECT ` + at("created_at", ownMinute) + `, phone_masked,
				CASE state WHEN 'done' THEN '已更换' WHEN 'undone' THEN '已撤销' WHEN 'taken' THEN '号码登记在另一份档案上' ELSE '未生效' END
			FROM phone_changes WHERE volunteer_id = $1 ORDER BY created_at, id`,
	},
	{
		Name: "passkeys", Title: "通行密钥", Tables: []string{"passkeys"},
		Columns: []OwnColumn{{"name", "名称"}, {"made", "添加日期"}, {"used", "最近使用"}},
		Query:   `SELECT name, ` + at("created_at", ownDay) + `, ` + at("used_at", ownDay) + ` FROM passkeys WHERE volunteer_id = $1 ORDER BY created_at, id`,
	},
	{
		Name: "cards", Title: "志愿者卡", Tables: []string{"volunteer_cards"},
		Columns: []OwnColumn{{"serial", "第几张"}, {"issued", "发卡日期"}, {"ended", "作废日期"}},
		Query:   `SELECT serial::text, ` + at("issued_at", ownDay) + `, ` + at("ended_at", ownDay) + ` FROM volunteer_cards WHERE volunteer_id = $1 ORDER BY serial`,
	},
	{
		Name: "notices", Title: "消息", Tables: []string{"notices", "text_messages"},
		Columns: []OwnColumn{{"kind", "类别"}, {"at", "时间"}, {"read", "读过"}, {"way", "方式"}},
		Query: `SELECT kind, ` + at("created_at", ownMinute) + `, ` + at("read_at", ownMinute) + `, '站内' FROM notices WHERE volunteer_id = $1
			UNION ALL
			SELECT kind, ` + at("created_at", ownMinute) + `, ` + at("sent_at", ownMinute) + `, '短信' FROM text_messages WHERE volunteer_id = $1
			ORDER BY 2, 1`,
	},
	{
		Name: "notice_preferences", Title: "消息设置", Tables: []string{"notice_preferences"},
		Columns: []OwnColumn{{"muted", "不收的消息"}, {"no_text", "不发短信的消息"}, {"quiet", "夜间不发短信"}, {"at", "时间"}},
		Query: `SELECT array_to_string(muted, '、'), array_to_string(no_text, '、'), CASE WHEN quiet THEN '是' ELSE '否' END, ` + at("changed_at", ownMinute) + `
			FROM notice_preferences WHERE volunteer_id = $1`,
	},
}

// NotInOwnData are tables that name people and are left out of what they are
// given, each with the reason.
var NotInOwnData = map[string]string{
	"volunteers":         "the first section, opened by the vault",
	"audit_records":      "the last section, with the names of those who looked",
	"teams":              "created_by only: the team's record, not the person's",
	"team_handovers":     "who led when: the team's history, and the person's role is among the memberships",
	"invitations":        "whom they invited, masked: the others' data",
	"join_codes":         "made for a team: its data",
	"imports":            "who brought which roster: among the lines of the audit",
	"import_volunteers":  "what a roster that is being read says: in the record as soon as it is applied",
	"import_memberships": "the same of memberships",
	"claim_links":        "hashes of links that run out within a day",
	"claim_tries":        "how many wrong digits were typed, for a day",
	"totp_secrets":       "a secret that its owner's phone has",
	"recovery_codes":     "hashes of what its owner has on paper",
	"factor_tries":       "how many wrong codes were typed, for a while",
	"sign_in_codes":      "hashes that say nothing, for two days",
}

// ReadOwnSection returns the rows of a section, in the order of its columns.
func ReadOwnSection(ctx context.Context, q postgres.Querier, s OwnSection, volunteerID string) ([][]string, error) {
	rows, err := q.QueryxContext(ctx, s.Query, volunteerID)
	if err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", s.Name, volunteerID, err)
	}
	defer func() { _ = rows.Close() }()
	read := [][]string{}
	for rows.Next() {
		row := make([]string, len(s.Columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", s.Name, volunteerID, err)
		}
		read = append(read, row)
	}
	return read, rows.Err()
}
