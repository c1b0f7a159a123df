package domain_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// evening is a Tuesday in Hebi.
var evening = time.Date(2026, 11, 24, 20, 30, 0, 0, clock.City)

const (
	wang = "0193583c-7d00-7000-8000-000000000001"
	li   = "0193583c-7d00-7000-8000-000000000002"
	team = "0193583c-7d00-7000-8000-000000000003"
)

// allWords are good for every kind.
var allWords = domain.Words{
	"team": "桂鹤社区巾帼志愿服务队", "team_id": team, "task": "淇河岸边捡拾垃圾", "task_id": li, "correction_id": li, "person": wang, "person_id": wang, "by": li,
	"region": "浚县", "grant": "coordinator", "qualification": "急救员证", "consent": "board_name", "place": "桂鹤社区广场",
	"start": "2026-11-26T01:00:00Z", "at": "2026-11-24T12:05:00Z", "until": "2026-11-25T00:30:00Z", "day": "2026-11-24", "deadline": "2026-12-01", "minutes": "150", "role": "leader",
}

// example returns a notice of the kind with exactly the words it needs.
func example(t *testing.T, kind domain.NoticeKind) domain.Notice {
	t.Helper()
	words := domain.Words{}
	for _, name := range kind.Needs() {
		words[name] = allWords[name]
	}
	n := domain.NewNotice(kind, wang, "thing", id.New(), words, evening)
	if err := n.Check(); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNoticeText(t *testing.T) {
	t.Parallel()
	chinese := domain.Reader{Language: "zh", Now: evening, Names: map[string]string{wang: "王桂兰", li: "李秀英"}}
	english := chinese
	english.Language = "en"
	for kind, want := range map[domain.NoticeKind][2]string{
		domain.NoticeMembershipApplied: {"王桂兰申请加入桂鹤社区巾帼志愿服务队，请点开答复。", "王桂兰 asks to join 桂鹤社区巾帼志愿服务队; open this to answer."},
		domain.NoticeHoursConfirmed:    {"今天 2小时30分，队长已确认。活动：淇河岸边捡拾垃圾。", "Today: 2 h 30 min, confirmed by the leader. Task: 淇河岸边捡拾垃圾."},
		domain.NoticeTaskCancelled:     {"11月26日 周四 09:00的“淇河岸边捡拾垃圾”取消了，不用再去。", "“淇河岸边捡拾垃圾” on Thu 26 November 09:00 has been cancelled; please do not go."},
		domain.NoticeTaskChanged:       {"“淇河岸边捡拾垃圾”有变动：11月26日 周四 09:00，桂鹤社区广场。请以此为准。", "“淇河岸边捡拾垃圾” has changed: it is now Thu 26 November 09:00, 桂鹤社区广场."},
		domain.NoticeSeatOffered:       {"您候补的“淇河岸边捡拾垃圾”（11月24日 周二 20:05）空出一个名额，给您留到11月25日 周三 08:30，请点开答复。", "“淇河岸边捡拾垃圾” (Tue 24 November 20:05) has a free seat; it is kept for you until Wed 25 November 08:30. Open this to answer."},
		domain.NoticeGrantGiven:        {"您获得了浚县的统筹权限。如果您不知道这件事，请马上联系上级妇联。", "You have been made coordinator of 浚县. If you did not expect this, please contact your federation at once."},
		domain.NoticeNewDevice:         {"您的账号11月24日 周二 20:05在一台新设备上登录。不是您本人的话，请马上退出所有设备并告诉妇联。", "Your account was used on a new device (Tue 24 November 20:05). If that was not you, sign out everywhere at once and tell the federation."},
		domain.NoticeCorrectionAsked:   {"今天“淇河岸边捡拾垃圾”有一条时长，有人说不对。请点开决定，最晚12月1日。", "Today: somebody says that hours of “淇河岸边捡拾垃圾” are not right. Please open this and decide by 1 December."},
		domain.NoticeConsentRenewal:    {"“光荣榜上显示姓名”的说明有了新内容，请看过再决定是否同意。", "The text of “name on boards” has changed; please read it and decide again."},
		domain.NoticePhoneChanged:      {"王桂兰更换了手机号，由李秀英当面确认。如有疑问请核实。", "王桂兰 has a new phone number, vouched for in person by 李秀英. Please check if in doubt."},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			n := example(t, kind)
			if diff := cmp.Diff(want, [2]string{n.Text(chinese), n.Text(english)}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNoticeKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range domain.NoticeKinds() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			n := example(t, kind)
			for _, language := range []string{"zh", "en"} {
				text := n.Text(domain.Reader{Language: language, Now: evening})
				if text == "" || n.Title(language) == "" || strings.ContainsAny(text, "{}") {
					t.Errorf("%s: %q %q", language, n.Title(language), text)
				}
			}
			if address := n.Address(); !strings.HasPrefix(address, "/") || strings.ContainsAny(address, "{}") {
				t.Errorf("address %q", address)
			}
			if n.Urgent && len(n.People()) > 0 {
				t.Error("what goes out as a text message names nobody")
			}
		})
	}
}

func TestNoticeWords(t *testing.T) {
	t.Parallel()
	text := func(words domain.Words, now time.Time) string {
		all := domain.Words{"day": "2026-11-24", "minutes": "90", "role": "leader", "task": "淇河"}
		maps.Copy(all, words)
		n := domain.NewNotice(domain.NoticeHoursConfirmed, wang, "attendance", id.New(), all, now)
		before, _, _ := strings.Cut(n.Text(domain.Reader{Now: now}), "已确认")
		return before
	}
	for name, c := range map[string]struct {
		words domain.Words
		now   time.Time
		want  string
	}{
		"the same day":                     {domain.Words{}, evening, "今天 1小时30分，队长"},
		"the last minute of the day":       {domain.Words{}, time.Date(2026, 11, 24, 15, 59, 0, 0, time.UTC), "今天 1小时30分，队长"},
		"midnight in Hebi begins the next": {domain.Words{}, time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC), "昨天 1小时30分，队长"},
		"two days later":                   {domain.Words{}, evening.AddDate(0, 0, 2), "11月24日 1小时30分，队长"},
		"in another year":                  {domain.Words{}, evening.AddDate(0, 3, 0), "2026年11月24日 1小时30分，队长"},
		"whole hours":                      {domain.Words{"minutes": "120"}, evening, "今天 2小时，队长"},
		"less than an hour":                {domain.Words{"minutes": "45"}, evening, "今天 45分钟，队长"},
		"by the federation":                {domain.Words{"role": "office"}, evening, "今天 1小时30分，妇联"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := text(c.words, c.now); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("quotation marks in a title that is quoted become the inner ones", func(t *testing.T) {
		t.Parallel()
		n := example(t, domain.NoticeTaskPublished)
		n.Words["task"] = "“学雷锋”护河"
		if got := n.Text(domain.Reader{Now: evening}); !strings.Contains(got, "发布了“‘学雷锋’护河”，") {
			t.Error(got)
		}
	})
	t.Run("whoever is not known any more is not named", func(t *testing.T) {
		t.Parallel()
		n := example(t, domain.NoticeHandoverDone)
		if got := n.Text(domain.Reader{Now: evening}); !strings.HasSuffix(got, "现在的队长是一位志愿者。") {
			t.Error(got)
		}
	})
}

func TestNoticeCheck(t *testing.T) {
	t.Parallel()
	good := example(t, domain.NoticeMembershipApplied)
	for name, spoil := range map[string]func(n *domain.Notice){
		"an unknown kind":            func(n *domain.Notice) { n.Kind = "team.renamed" },
		"a missing word":             func(n *domain.Notice) { delete(n.Words, "team") },
		"a word too many":            func(n *domain.Notice) { n.Words["reason"] = "x" },
		"a name where an id belongs": func(n *domain.Notice) { n.Words["person"] = "王桂兰" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := good
			n.Words = maps.Clone(good.Words)
			if spoil(&n); n.Check() == nil {
				t.Error("not refused")
			}
		})
	}
	if err := good.Check(); err != nil || !slices.Equal(good.People(), []string{wang}) {
		t.Errorf("%v %v", err, good.People())
	}
}
