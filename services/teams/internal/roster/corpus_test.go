package roster

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

var update = flag.Bool("update", false, "write down what the corpus comes to now; read the difference before committing it")

// now is a day in the corpus's year.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// hebi are the divisions of the real city.
func hebi(t testing.TB) *Places {
	t.Helper()
	city, err := demo.NewCity(demo.Options{Scale: 0.001, Day: now})
	if err != nil {
		t.Fatal(err)
	}
	list := make([]Division, len(city.Regions))
	for i, r := range city.Regions {
		list[i] = Division{Code: r.Code, Name: r.Name, Path: r.Path, Level: r.Level, Parent: r.Parent}
	}
	return NewPlaces(list)
}

// options are those of an officer of 浚县 and 淇滨区.
func options(t testing.TB) Options {
	t.Helper()
	same := func(s string) string { return s }
	return Options{Places: hebi(t), Scope: Scope{Paths: []string{"4106/410621/", "4106/410611/"}}, Keys: Keys{Phone: same, ID: same}, Now: now,
		Units: []string{"浚县", "淇滨区", "淇县", "市直单位"}}
}

// outcome is what becomes of a file, as it is kept beside it.
type outcome struct {
	Refused string       `json:"refused,omitempty"`
	Says    string       `json:"says,omitempty"`
	Report  *Report      `json:"report,omitempty"`
	Rows    []rowOutcome `json:"rows,omitempty"`
}

type rowOutcome struct {
	Place  string   `json:"place"`
	Team   string   `json:"team"`
	Person string   `json:"person,omitempty"`
	Finds  []string `json:"finds,omitempty"`
}

func judged(name string, data []byte, o Options, known Known) (*Roster, *Plan, error) {
	book, err := spreadsheet.Open(name, data)
	if err != nil {
		return nil, nil, err
	}
	r, err := Gather(book, o)
	if err != nil {
		return nil, nil, err
	}
	return r, r.Judge(known), nil
}

func outcomeOf(t testing.TB, name string, data []byte, o Options) outcome {
	t.Helper()
	r, plan, err := judged(name, data, o, Known{})
	var refusal *apperr.Error
	if errors.As(err, &refusal) {
		return outcome{Refused: refusal.Code, Says: refusal.Text("zh")}
	}
	if err != nil {
		t.Fatal(err)
	}
	report := r.Report(plan)
	out := outcome{Report: &report}
	teams := map[*Row]*Team{}
	for _, team := range plan.Teams {
		for _, row := range team.all() {
			teams[row] = team
		}
	}
	for _, row := range r.Rows {
		p := row.Person
		one := rowOutcome{Place: r.place(row), Person: strings.TrimRight(strings.Join([]string{p.Name, p.Phone, p.ID, p.Sex, p.Role, p.Home}, " "), " ")}
		one.Team = row.Team.Name
		if team := teams[row]; team != nil {
			one.Team += " @ " + o.Places.fullName(team.at)
			if f := team.Facts; !f.Founded.IsZero() {
				one.Team += f.Founded.Format(", 2006-01-02")
			}
		}
		for _, f := range row.Findings {
			one.Finds = append(one.Finds, string(f.Kind)+": "+f.Kind.Sentence("zh")+f.Detail)
		}
		out.Rows = append(out.Rows, one)
	}
	return out
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	o := options(t)
	for _, path := range files {
		if strings.HasSuffix(path, ".json") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(outcomeOf(t, path, data, o), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, '\n')
			if *update {
				if err := os.WriteFile(path+".json", got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path + ".json")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
