package roster

// The kinds of findings. Those with note keep no row back.
const (
	NameMissing   Kind = "name_missing"
	NameWrong     Kind = "name_wrong"
	PhoneWrong    Kind = "phone_wrong"
	PhoneLandline Kind = "phone_landline"
	PhoneTwo      Kind = "phone_two"
	IDRuined      Kind = "id_ruined"
	IDWrong       Kind = "id_wrong"
	IDCheck       Kind = "id_check"
	IDOld         Kind = "id_old"
	SexDiffers    Kind = "sex_differs"
	DateWrong     Kind = "date_wrong"
	DateAhead     Kind = "date_ahead"
	CountWrong    Kind = "count_wrong"
	Minor         Kind = "minor"
	SexUnread     Kind = "sex_unread"
	BirthDiffers  Kind = "birth_differs"
	RoleUnread    Kind = "role_unread"

	TeamMissing   Kind = "team_missing"
	TeamNameWrong Kind = "team_name_wrong"
	TeamUnknown   Kind = "team_unknown"
	TeamAmbiguous Kind = "team_ambiguous"
	TeamTwice     Kind = "team_twice"
	TeamRepeated  Kind = "team_repeated"
	TeamSameName  Kind = "team_same_name"
	TeamMoved     Kind = "team_moved"
	TeamDissolved Kind = "team_dissolved"
	TeamHeld      Kind = "team_held"
	TeamNotYours  Kind = "team_not_yours"
	TeamFilled    Kind = "team_filled"
	UnitUnknown   Kind = "unit_unknown"
	UnitMissing   Kind = "unit_missing"
	NoLeader      Kind = "no_leader"
	TwoLeaders    Kind = "two_leaders"

	PlaceMissing   Kind = "place_missing"
	PlaceUnknown   Kind = "place_unknown"
	PlaceAmbiguous Kind = "place_ambiguous"
	PlaceOutside   Kind = "place_outside"
	PlaceFromName  Kind = "place_from_name"
	HomeUnread     Kind = "home_unread"

	RowRepeated Kind = "row_repeated"
	RoleTwice   Kind = "role_twice"
	SameName    Kind = "same_name"
	IDTwoNames  Kind = "id_two_names"
	PhoneTwoIDs Kind = "phone_two_ids"
	PhoneShared Kind = "phone_shared"

	IDOther      Kind = "id_other"
	PhoneOtherID Kind = "phone_other_id"
	PhoneTaken   Kind = "phone_taken"
	PhoneDiffers Kind = "phone_differs"
	PhoneKept    Kind = "phone_kept"
	NameTwice    Kind = "name_twice"
	RoleKept     Kind = "role_kept"
	LeftBefore   Kind = "left_before"
)

type words struct {
	note   bool
	zh, en string
}

var sentences = map[Kind]words{
	NameMissing:   {false, "没有写姓名。", "The name is missing."},
	NameWrong:     {false, "姓名不对，请写身份证上的姓名，里面不要有数字和符号。", "This is not a name; please write it as on the identity card, without digits and signs."},
	PhoneWrong:    {false, "手机号不对，应是 11 位数字，请核对；没有手机就留空。", "This is not a mobile number of 11 digits; please check it, or leave it empty."},
	PhoneLandline: {false, "这是固定电话，收不了验证码。请改成手机号；没有手机就留空。", "This is a landline, which receives no codes. Please give a mobile number, or leave it empty."},
	PhoneTwo:      {false, "一格里写了两个号码，请只留本人常用的一个。", "There are two numbers in one cell; please leave the one the person uses."},
	IDRuined:      {false, "身份证号被 Excel 改坏了：它只保留前 15 位，后三位变成了 000 或 E+17，找不回来。请先把这一列设为“文本”格式，再照证件重新填写 18 位号码。", "The spreadsheet has ruined this identity number: it keeps 15 digits and the last three became 000 or E+17. They cannot be recovered. Please set the column to “Text” and type the 18 characters again."},
	IDWrong:       {false, "身份证号不对，应是 18 位，请照证件核对。", "This is not an identity number of 18 characters; please check it against the card."},
	IDCheck:       {false, "身份证号最后一位对不上，有一位写错了，请照证件核对。", "The last character of the identity number does not fit the others: one is wrong; please check it against the card."},
	IDOld:         {false, "这是 15 位的旧身份证号，请填 18 位的新号码。", "This is an old number of 15 digits; please give the one of 18."},
	SexDiffers:    {false, "性别和身份证号对不上，请核对是哪一个写错了。", "Sex and identity number do not fit each other; please check which one is wrong."},
	DateWrong:     {false, "日期看不懂，请写成 2023-5-1 这样。", "This date cannot be read; please write it like 2023-5-1."},
	DateAhead:     {false, "日期在今天以后，请核对。", "This date lies in the future; please check it."},
	CountWrong:    {false, "人数不是一个整数，请只写数字。", "This is not a whole number of people; please write digits only."},
	Minor:         {false, "未满 18 周岁。未成年人要先登记监护人的同意，不能随名册导入，请把这一行删去。", "Under 18. A minor needs a guardian's recorded consent and cannot come with a roster; please remove the row."},
	SexUnread:     {true, "性别没认出来，没有记。", "The sex could not be read and is left out."},
	BirthDiffers:  {true, "出生年月和身份证号不一致，按身份证号算。", "The birthday differs from the identity number, which counts."},
	RoleUnread:    {true, "职务不是队长、副队长、队员，按队员算。", "The role is neither leader, deputy nor member, and counts as member."},

	TeamMissing:   {false, "没有写是哪支服务队。", "The team is missing."},
	TeamNameWrong: {false, "服务队名称不对，请写全称，2 到 60 个字。", "This is not a team's name; please write it in full, 2 to 60 characters."},
	TeamUnknown:   {false, "没有找到这支服务队。名称请和登记的一致；如果是新队，请写上区划。", "There is no such team. Please write the name as it is registered; for a new team, give its place."},
	TeamAmbiguous: {false, "有几支服务队叫这个名字，请写上区划：", "Several teams have this name; please give the place: "},
	TeamTwice:     {false, "同一支服务队写了两行，内容不一样，请只留对的一行。另一行：", "The same team stands in two rows that differ; please keep the right one. The other: "},
	TeamRepeated:  {true, "这支服务队上面已经有一行一样的，只算一次。", "The same row stands above and counts once."},
	TeamSameName:  {false, "同一个县区里有两支队叫这个名字，请在名称里写上乡镇或村来区分。另一行：", "Two teams of the county have this name; please tell them apart by township or village in the name. The other: "},
	TeamMoved:     {false, "本县区已有一支同名的服务队登记在别处。不是同一支，请改个名称区分；是同一支，请把区划写成：", "A team of this name is registered elsewhere in the county. If it is another one, please choose a name that differs; if it is the same, write as its place: "},
	TeamDissolved: {false, "这支服务队已经解散，不能再加人。", "This team was dissolved; nobody can be added."},
	TeamHeld:      {false, "所在的服务队那一行要先改好。", "The row of the team must be put right first."},
	TeamNotYours:  {false, "这里只能导入您自己的服务队的队员，请删去别的队。", "Only members of your own team can be imported here; please remove other teams."},
	TeamFilled:    {true, "没有写服务队，按上一行算。", "The team is empty here and taken from the row above."},
	UnitUnknown:   {false, "没有这个统计单位，请写成统计单位表里的名称，或者留空。", "There is no such reporting unit; please write it as in the list of units, or leave it empty."},
	UnitMissing:   {false, "没有写统计单位，从区划也看不出来，请写上。", "The reporting unit is missing and the place does not tell it; please give it."},
	NoLeader:      {true, "没有写队长，审批前要补上。", "There is no leader; one is needed before approval."},
	TwoLeaders:    {false, "一支队写了两位队长。请只留一位，另一位写成副队长。已有队长：", "The team has two leaders; please keep one and make the other a deputy. The leader already there: "},

	PlaceMissing:   {false, "没有写区划，队名里也看不出来。请写上县区、乡镇和村。", "The place is missing and the team's name does not tell it. Please give county, township and village."},
	PlaceUnknown:   {false, "没有找到这个区划，请核对有没有错字。", "There is no such place; please look for a slip."},
	PlaceAmbiguous: {false, "有几个地方叫这个名字，请写上乡镇。可能是：", "Several places have this name; please give the township. It can be: "},
	PlaceOutside:   {false, "不在您的辖区里，请由那里的妇联导入。", "This is not in your region; please let the office there import it."},
	PlaceFromName:  {true, "没有写区划，按队名算作：", "The place is empty and taken from the team's name: "},
	HomeUnread:     {true, "住址没认出来，没有记，不影响入队。", "The home could not be read and is left out; this does no harm."},

	RowRepeated: {true, "和前面一行重复，只算一次：", "The same as an earlier row, and counts once: "},
	RoleTwice:   {false, "同一个人在同一支队里写了两种职务，请只留一行。另一行：", "The same person has two roles in the team; please keep one row. The other: "},
	SameName:    {false, "同一支队里还有一位同名的人，分不清是不是同一个人。是，请删一行；不是，请两行都写上身份证号或各自的手机号。另一行：", "Somebody else of this name is in the team and it cannot be told whether it is the same person. If so, please remove a row; if not, give both an identity number or a phone of their own. The other: "},
	IDTwoNames:  {false, "同一个身份证号写了两个不同的姓名，请核对。另一行：", "One identity number has two names; please check. The other: "},
	PhoneTwoIDs: {false, "姓名和手机号都一样，身份证号却不一样，请核对。另一行：", "Name and phone are the same and the identity numbers differ; please check. The other: "},
	PhoneShared: {true, "手机号和另一个人相同，按家人共用算：人照样登记，不记手机号。另一行：", "The phone is somebody else's too and counts as shared: the person is kept, without a phone. The other: "},

	IDOther:      {false, "这个身份证号登记的是另一个姓名，请核对姓名和号码。", "This identity number is registered with another name; please check both."},
	PhoneOtherID: {false, "登记的同名、同手机号的人身份证号不一样，请核对。", "The registered person with this name and phone has another identity number; please check."},
	PhoneTaken:   {true, "这个手机号登记的是另一个人，按家人共用算：人照样登记，不记手机号。", "This phone is registered for somebody else and counts as shared: the person is kept, without a phone."},
	PhoneDiffers: {false, "队里已有一位同名的人，手机号不一样，分不清是换了号码还是另一个人。请写上身份证号；换号也可以在队伍页改，这里留空。", "Somebody of this name is in the team with another phone, and it cannot be told whether the number changed or it is somebody else. Please give the identity number; or change the phone on the team's page and leave it empty here."},
	PhoneKept:    {true, "本人已经认领，手机号以本人登记的为准，没有改。", "The person has claimed the record; the phone they gave stays."},
	NameTwice:    {false, "队里登记了几位同名的人，分不清是哪一位，请写上身份证号或手机号。", "Several people of this name are in the team; please give the identity number or the phone."},
	RoleKept:     {true, "职务和登记的不一样，没有改：换队长请在队伍页办交接。", "The role differs from the registered one, which stays: leaders are handed over on the team's page."},
	LeftBefore:   {true, "以前退出过或正在申请，没有再加：请由本人申请或队长邀请。", "The person left before or is applying, and was not added: they apply or the leader invites them."},
}

// Note reports whether findings of the kind keep no row back.
func (k Kind) Note() bool { return sentences[k].note }

// Sentence returns what the kind says, in the language: "en", or Chinese for
// all others. One that ends in a colon is followed by a finding's Detail.
func (k Kind) Sentence(lang string) string {
	if lang == "en" {
		return sentences[k].en
	}
	return sentences[k].zh
}
