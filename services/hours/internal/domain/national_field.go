package domain

import "slices"

// NationalKind says how a field is written.
type NationalKind string

// The kinds of fields.
const (
	NationalText    NationalKind = "text"
	NationalDay     NationalKind = "day"
	NationalTime    NationalKind = "time"
	NationalHours   NationalKind = "hours" // kept as minutes
	NationalMinutes NationalKind = "minutes"
	NationalWord    NationalKind = "word" // one of few
)

// NationalField is one of our own fields, to which a column can be bound. These
// are our names; the codes of MZ/T 061 are not known here.
type NationalField struct {
	Name     string
	Zh       string // the heading that is shipped
	Kind     NationalKind
	Words    map[string]string // of a NationalWord, by value
	Required bool              // in the mapping that is shipped
	Shipped  bool              // has a column there
	Spelt    string            // other headings, with spaces between
}

var (
	sexWords    = map[string]string{"female": "女", "male": "男"}
	idWords     = map[string]string{"resident": "居民身份证", "hk_macao_taiwan": "港澳台居民居住证", "passport": "护照", "foreign_resident": "外国人永久居留身份证"}
	levelWords  = map[string]string{"nation": "国家级", "province": "省级", "city": "市级", "county": "县级", "unit": "本单位"}
	resultWords = map[string]string{"upheld": "属实", "not_upheld": "不属实"}
	changeWords = map[string]string{"new": "新增", "changed": "更正", "withdrawn": "撤销"}
)

// nationalAnywhere are fields of every group. Row and change are written at the
// end of a sheet that has no column for them: without them nothing that comes back
// could be told apart.
var nationalAnywhere = []NationalField{
	{Name: "row", Zh: "淇河行号", Kind: NationalText, Spelt: "行号 回执行号"},
	{Name: "change", Zh: "变更类型", Kind: NationalWord, Words: changeWords, Spelt: "变更 操作类型 操作"},
	{Name: "record", Zh: "记录编号", Kind: NationalText, Spelt: "记录号 记录id 业务编号"},
	{Name: "number", Zh: "志愿者编号", Kind: NationalText, Required: true, Shipped: true, Spelt: "志愿者号 志愿者编码 编号"},
	{Name: "name", Zh: "姓名", Kind: NationalText, Required: true, Shipped: true, Spelt: "志愿者姓名 名字"},
	{Name: "id_kind", Zh: "证件类型", Kind: NationalWord, Words: idWords, Required: true, Shipped: true, Spelt: "证件种类 证件类别"},
	{Name: "id_number", Zh: "证件号码", Kind: NationalText, Required: true, Shipped: true, Spelt: "证件号 身份证号 身份证号码 身份证件号码"},
}

var nationalFields = map[NationalGroup][]NationalField{
	NationalBasic: {
		{Name: "sex", Zh: "性别", Kind: NationalWord, Words: sexWords, Required: true, Shipped: true},
		{Name: "birth", Zh: "出生日期", Kind: NationalDay, Shipped: true, Spelt: "出生年月 出生年月日 生日"},
		{Name: "phone", Zh: "联系电话", Kind: NationalText, Shipped: true, Spelt: "手机 手机号 手机号码 联系方式 电话"},
		{Name: "region", Zh: "所在区域", Kind: NationalText, Shipped: true, Spelt: "居住区域 居住地 所在地区 区域 地区 所属区域"},
		{Name: "skills", Zh: "服务技能", Kind: NationalText, Shipped: true, Spelt: "技能 服务特长 专业技能 特长"},
		{Name: "joined", Zh: "登记日期", Kind: NationalDay, Spelt: "注册日期 注册时间 登记时间 加入日期"},
	},
	NationalService: {
		{Name: "title", Zh: "活动名称", Kind: NationalText, Required: true, Shipped: true, Spelt: "项目名称 服务名称 服务项目名称 活动 服务内容"},
		{Name: "programme", Zh: "服务项目", Kind: NationalText, Shipped: true, Spelt: "项目 服务类别 服务类型 所属项目"},
		{Name: "team", Zh: "组织单位", Kind: NationalText, Required: true, Shipped: true, Spelt: "志愿队伍 志愿服务队 志愿服务组织 队伍 组织名称 所属队伍"},
		{Name: "region", Zh: "服务地点", Kind: NationalText, Shipped: true, Spelt: "地点 服务区域 活动地点"},
		{Name: "day", Zh: "服务日期", Kind: NationalDay, Required: true, Shipped: true, Spelt: "日期 活动日期"},
		{Name: "start", Zh: "开始时间", Kind: NationalTime, Shipped: true, Spelt: "服务开始时间"},
		{Name: "end", Zh: "结束时间", Kind: NationalTime, Shipped: true, Spelt: "服务结束时间"},
		{Name: "hours", Zh: "服务时长（小时）", Kind: NationalHours, Required: true, Shipped: true, Spelt: "服务时间 服务时长 时长 小时 小时数 服务小时数"},
		{Name: "minutes", Zh: "服务时长（分钟）", Kind: NationalMinutes, Spelt: "分钟 分钟数"},
		{Name: "proof", Zh: "核实方式", Kind: NationalText, Spelt: "核验方式"},
	},
	NationalTraining: {
		{Name: "title", Zh: "培训名称", Kind: NationalText, Required: true, Shipped: true, Spelt: "培训主题 培训内容 课程名称"},
		{Name: "organiser", Zh: "培训单位", Kind: NationalText, Shipped: true, Spelt: "组织单位 培训组织 主办单位 培训机构"},
		{Name: "day", Zh: "培训日期", Kind: NationalDay, Required: true, Shipped: true, Spelt: "日期 培训时间"},
		{Name: "hours", Zh: "培训时长（小时）", Kind: NationalHours, Required: true, Shipped: true, Spelt: "培训时长 培训学时 学时 时长 小时数"},
		{Name: "certificate_number", Zh: "证书编号", Kind: NationalText, Shipped: true, Spelt: "结业证书编号 证书号"},
	},
	NationalHonour: {
		{Name: "title", Zh: "表彰名称", Kind: NationalText, Required: true, Shipped: true, Spelt: "荣誉名称 奖励名称 表彰奖励名称 荣誉称号"},
		{Name: "level", Zh: "表彰级别", Kind: NationalWord, Words: levelWords, Required: true, Shipped: true, Spelt: "级别 奖励级别 荣誉级别"},
		{Name: "issuer", Zh: "授予单位", Kind: NationalText, Required: true, Shipped: true, Spelt: "表彰单位 颁发单位 奖励单位"},
		{Name: "day", Zh: "授予日期", Kind: NationalDay, Required: true, Shipped: true, Spelt: "日期 表彰日期 表彰时间 奖励时间 授予时间"},
		{Name: "document_number", Zh: "文号", Kind: NationalText, Shipped: true, Spelt: "文件编号 文件号"},
	},
	NationalComplaint: {
		{Name: "team", Zh: "所在队伍", Kind: NationalText, Shipped: true, Spelt: "志愿队伍 志愿服务队 队伍"},
		{Name: "happened_on", Zh: "发生日期", Kind: NationalDay, Shipped: true, Spelt: "投诉日期 投诉时间 发生时间"},
		{Name: "day", Zh: "处理日期", Kind: NationalDay, Required: true, Shipped: true, Spelt: "处理时间 办结日期 办结时间"},
		{Name: "result", Zh: "是否属实", Kind: NationalWord, Words: resultWords, Required: true, Shipped: true, Spelt: "核实结果 投诉结果"},
		{Name: "handling", Zh: "处理情况", Kind: NationalText, Required: true, Shipped: true, Spelt: "处理结果 处理意见"},
	},
}

// identityFields say who somebody is; they are teams' and never part of what is
// remembered of a row of another group.
var identityFields = []string{"name", "id_kind", "id_number"}

// NationalFieldsOf returns the fields of a group, those of every group first.
func NationalFieldsOf(g NationalGroup) []NationalField {
	return slices.Concat(nationalAnywhere, nationalFields[g])
}

// NationalFieldOf returns a field of a group.
func NationalFieldOf(g NationalGroup, name string) (NationalField, bool) {
	for _, f := range NationalFieldsOf(g) {
		if f.Name == name {
			return f, true
		}
	}
	return NationalField{}, false
}

// NationalSheetNames are the sheets that are shipped.
var NationalSheetNames = map[NationalGroup]string{
	NationalBasic: "个人基本信息", NationalService: "志愿服务情况", NationalTraining: "培训情况", NationalHonour: "表彰奖励情况", NationalComplaint: "被投诉处理情况",
}

// ShippedMapping is version 1: our own headings, no codes.
func ShippedMapping() NationalMapping {
	m := NationalMapping{Version: 1}
	for _, g := range NationalGroups {
		s := NationalSheet{Group: g, Name: NationalSheetNames[g]}
		for _, f := range NationalFieldsOf(g) {
			if f.Shipped {
				s.Columns = append(s.Columns, NationalColumn{Field: f.Name, Heading: f.Zh, Required: f.Required})
			}
		}
		m.Sheets = append(m.Sheets, s)
	}
	return m
}
