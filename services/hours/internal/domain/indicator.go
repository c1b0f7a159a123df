package domain

// What is counted for reports (月报, 年报)
//
// An indicator says what is counted and how; a cell of a report adds which part
// of it is wanted (Filter). Whoever reads a figure can read its definition beside
// it, in both languages. Hours counts what it knows from its own ledger and from
// what tasks and teams told; what it cannot know, such as how many volunteers are
// registered, is no indicator.

// FactKind is what sort of thing an indicator counts.
type FactKind string

// The sorts.
const (
	LineFacts     FactKind = "lines"      // lines of the ledger
	SettledFacts  FactKind = "settled"    // what of them counts as settled on a day
	ActivityFacts FactKind = "activities" // shifts that were held
	BrigadeFacts  FactKind = "brigades"   // brigades there are
)

// Measure is how facts become a number.
type Measure string

// The measures. A reversal takes back what its line gave, in each of them.
const (
	Minutes  Measure = "minutes"  // shown as hours, to a tenth
	Times    Measure = "times"    // how many
	People   Measure = "people"   // different persons with minutes left
	Teams    Measure = "teams"    // different brigades with minutes left
	Tasks    Measure = "tasks"    // different activities, however many shifts they had
	Guests   Measure = "served"   // as those who led them told
	Founded  Measure = "founded"  // founded in the span
	Existing Measure = "existing" // there at its end
)

// Indicator is something that can be counted for a report.
type Indicator struct {
	Code                 string
	Name, NameEnglish    string
	Says, SaysEnglish    string // the definition
	Kind                 FactKind
	Account              Account // of lines; of activities service or training
	Measure              Measure
	ByProgramme, ByProof bool // which filters make sense besides region, reporting unit and span
}

// Hours reports whether the figure is minutes, shown as hours.
func (i Indicator) Hours() bool { return i.Measure == Minutes }

// Indicators are all that can be counted, in the order in which they are shown.
var Indicators = []Indicator{
	{
		"service_hours", "服务时长", "Hours of service", "队长已确认的服务时长，包括还在公示的；按服务开始那天归到所在时段。更正会冲减原来的时长。",
		"Confirmed hours of service, those in publicity included, on the day on which they began; a correction takes back what it undoes.", LineFacts, ServiceAccount, Minutes, true, true,
	},
	{
		"settled_hours", "已生效服务时长", "Settled hours of service", "服务时长里，到截数日公示期满、没有被异议留住的部分。",
		"Of the hours of service those that could not be objected to any more on the cut-off day.", SettledFacts, ServiceAccount, Minutes, true, true,
	},
	{
		"service_times", "志愿者服务人次", "Services given", "一名志愿者参加一场服务并被确认，算一人次；撤销的减去。",
		"One volunteer's confirmed service at one time is one; what was undone is taken away.", LineFacts, ServiceAccount, Times, true, true,
	},
	{
		"volunteers", "参与志愿者人数", "Volunteers who served", "时段内有服务时长的人，同一人只算一次（合并过的两份记录算一人）。",
		"Different people with hours of service in the span; merged records are one person.", LineFacts, ServiceAccount, People, true, true,
	},
	{
		"brigades_active", "开展服务的队伍数", "Brigades that served", "时段内有队员服务时长的服务队，每队只算一次。",
		"Different brigades with hours of service in the span.", LineFacts, ServiceAccount, Teams, true, true,
	},
	{
		"activities", "开展活动数", "Activities held", "时段内有场次开始、名册已确认且有人到场的服务活动；一个活动有几场也算一个。",
		"Activities with a confirmed shift in the span at which somebody was present, counted once each.", ActivityFacts, ServiceAccount, Tasks, true, false,
	},
	{
		"shifts", "活动场次", "Shifts held", "时段内开始、名册已确认且有人到场的服务场次。",
		"Shifts of service in the span, confirmed, at which somebody was present.", ActivityFacts, ServiceAccount, Times, true, false,
	},
	{
		"people_served", "服务对象人次", "People served", "队长确认名册时填的“服务人次”之和；没有填的按 0。",
		"What leaders told when they confirmed the roster, added up; nothing told counts as none.", ActivityFacts, ServiceAccount, Guests, true, false,
	},
	{
		"training_hours", "培训时长", "Hours of training", "已确认的参训时长，与服务时长分开，不相加。",
		"Confirmed hours of training; never added to service.", LineFacts, TrainingAccount, Minutes, true, true,
	},
	{
		"training_times", "参训人次", "Attendances at training", "名册上的人参加一场培训并被确认，算一人次。",
		"One person's confirmed attendance at one session is one.", LineFacts, TrainingAccount, Times, true, true,
	},
	{
		"trainees", "参训人数", "People trained", "时段内有培训时长的人，同一人只算一次。",
		"Different people with hours of training in the span.", LineFacts, TrainingAccount, People, true, true,
	},
	{
		"trainings", "培训场次", "Training sessions", "时段内开始、名册已确认且有人到场的培训场次。",
		"Sessions of training in the span, confirmed, at which somebody was present.", ActivityFacts, TrainingAccount, Times, true, false,
	},
	{
		"training_guests", "名册外参训人次", "Trained beside the roster", "培训确认时填的、不在名册上的参训人次之和。",
		"What was told of people at training who are not on the roster, added up.", ActivityFacts, TrainingAccount, Guests, true, false,
	},
	{
		"brigades", "服务队总数", "Brigades", "时段结束时在册的巾帼志愿服务队：已批准，没有解散。",
		"Brigades there at the end of the span: approved and not dissolved.", BrigadeFacts, "", Existing, false, false,
	},
	{
		"brigades_new", "新成立服务队", "New brigades", "成立日期在时段内、已批准的服务队，后来解散的也算。",
		"Approved brigades founded in the span, also those dissolved since.", BrigadeFacts, "", Founded, false, false,
	},
	{
		"imported_hours", "历史导入时长", "Imported hours", "从纸质登记补录进来的历史时长，单独统计，不并入服务时长。",
		"Hours of before Qihe, from paper registers; apart from all others.", LineFacts, ImportAccount, Minutes, true, true,
	},
}

// FindIndicator returns the indicator with this code, or name in either language.
func FindIndicator(word string) (Indicator, bool) {
	for _, i := range Indicators {
		if word == i.Code || word == i.Name || word == i.NameEnglish {
			return i, true
		}
	}
	return Indicator{}, false
}
