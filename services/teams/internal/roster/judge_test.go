package roster

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	shantang = "浚县善堂镇巾帼志愿服务队"
	ids      = "41062119700308002X"
	otherID  = "410621197205010046"
)

// registered is a team with three members, of whom one has claimed her record.
func registered(state string) Known {
	return Known{
		Teams: []KnownTeam{{ID: "t", Name: shantang, Region: "410621101", RegionPath: "4106/410621/410621101/", State: state}},
		People: []KnownPerson{
			{ID: "wang", Name: "王桂兰", PhoneKey: "13803920001", IDKey: ids, Sex: "female", Home: "410621101"},
			{ID: "li", Name: "李秀英", PhoneKey: "13803920002", Claimed: true, Home: "410621101"},
			{ID: "zhang", Name: "张玉梅", Home: "410621101"},
			{ID: "gone", Name: "赵凤莲", PhoneKey: "13803920004", Home: "410621101"},
		},
		Members: []KnownMember{
			{ID: "m1", Team: "t", Person: "wang", Role: "leader", Active: true}, {ID: "m2", Team: "t", Person: "li", Role: "member", Active: true},
			{ID: "m3", Team: "t", Person: "zhang", Role: "member", Active: true}, {ID: "m4", Team: "t", Person: "gone", Role: "member"},
		},
	}
}

func TestJudgeAgainstWhatIsKnown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		row   string // name, phone, identity number, role
		state string
		want  string // what was found, and what would change
	}{
		"the same again changes nothing":                      {"王桂兰,13803920001," + ids + ",队长", "submitted", ""},
		"found by the identity number alone":                  {"王桂兰,," + ids + ",", "active", ""},
		"found by name in the team, phone added":              {"张玉梅,13803920003,,", "active", "person"},
		"found by name in the team, identity added":           {"张玉梅,," + otherID + ",", "active", "person"},
		"an unclaimed record's phone is corrected":            {"王桂兰,13803920011," + ids + ",", "active", "person"},
		"another phone without a number to tell by":           {"王桂兰,13803920011,,", "active", "phone_differs"},
		"the number belongs to another name":                  {"王桂花,13803920011," + ids + ",", "active", "id_other"},
		"the phone belongs to another person":                 {"李大山,13803920002,,", "active", "phone_taken new member"},
		"the same phone and name with another number":         {"王桂兰,13803920001," + otherID + ",", "active", "phone_other_id"},
		"a role in an active team is not changed by a roster": {"李秀英,13803920002,,副队长", "active", "role_kept"},
		"a role in a waiting team is":                         {"李秀英,13803920002,,副队长", "submitted", "role"},
		"a second leader of a waiting team":                   {"孙爱琴,13803920005,,队长", "submitted", "two_leaders"},
		"a new leader of an active team comes as a member":    {"孙爱琴,13803920005,,队长", "active", "role_kept new member"},
		"whoever has left is not brought back":                {"赵凤莲,13803920004,,", "active", "left_before"},
		"a dissolved team takes nobody":                       {"孙爱琴,13803920005,,", "dissolved", "team_dissolved"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := "姓名,手机,身份证号,职务,服务队,区划\n" + c.row + "," + shantang + ",浚县善堂镇\n"
			r, plan, err := judged("a.csv", []byte(data), options(t), registered(c.state))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Rows[0].Findings {
				got = append(got, string(f.Kind))
			}
			n := plan.Count()
			for what, is := range map[string]int{"person": n.ChangedPeople, "role": n.ChangedMembers, "team": n.NewTeams + n.ChangedTeams} {
				if is > 0 {
					got = append(got, what)
				}
			}
			if n.NewPeople > 0 {
				got = append(got, "new")
			}
			if n.NewMembers > 0 {
				got = append(got, "member")
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheClaimedPhoneStays(t *testing.T) {
	t.Parallel()
	known := registered("active")
	known.People[0].Claimed = true
	r, plan, err := judged("a.csv", []byte("姓名,手机,身份证号,服务队\n王桂兰,13803920011,"+ids+","+shantang+"\n"), options(t), known)
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Empty() || r.Rows[0].Findings[0].Kind != PhoneKept {
		t.Errorf("%+v %+v", plan, r.Rows[0].Findings)
	}
}

func TestALeaderImportsIntoHerOwnTeam(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.Scope = Scope{TeamID: "t", Team: shantang}
	r, plan, err := judged("a.csv", []byte("姓名,手机,服务队\n孙爱琴,13803920005,\n周玉珍,13803920006,"+shantang+"\n吴秀兰,13803920007,浚县小河镇巾帼志愿服务队\n"), o, registered("active"))
	if err != nil {
		t.Fatal(err)
	}
	if n := plan.Count(); n != (Changes{NewPeople: 2, NewMembers: 2}) || r.Rows[2].Usable() {
		t.Errorf("%+v %+v", n, r.Rows[2].Findings)
	}
}

func TestATeamThatMoved(t *testing.T) {
	t.Parallel()
	r, plan, err := judged("a.csv", []byte("服务队名称,区划,人数\n"+shantang+",浚县,20\n"+shantang+",浚县善堂镇,20\n"), options(t), registered("active"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Rows[0].Findings[0].Kind != TeamMoved || plan.Count() != (Changes{ChangedTeams: 1}) {
		t.Errorf("%+v %+v", r.Rows[0].Findings, plan.Count())
	}
}
