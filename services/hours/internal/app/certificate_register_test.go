package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// issued is a certificate of somebody with this name.
func (o *office) issued(name string) domain.Certificate {
	o.t.Helper()
	v := o.volunteer(name)
	o.settle()
	if done := o.issue(o.ask(v)); done.Refused != "" {
		o.t.Fatalf("not issued: %s", done.Refused)
	}
	mine, err := o.MyCertificates(o.as(v))
	o.must(err)
	return mine.Certificates[0]
}

func (o *office) check(typed string) (app.Checked, error) {
	return o.CheckCertificate(o.t.Context(), "192.0.2.1", typed)
}

func TestCheckCertificate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.issued("李𬭚")
	checked, err := o.check(" " + strings.ToLower(domain.SpellCode(c.Code)))
	if err != nil || checked.MaskedName != "李**" || checked.Minutes != 120 || checked.End != nil {
		t.Fatalf("checked %+v, %v", checked, err)
	}
	t.Run("a clerk's lines need a code, or a number and the whole name", func(t *testing.T) {
		lines := []string{
			c.Number() + "\t李𬭚", "李 𬭚，" + strings.ToLower(c.Number()), domain.SpellCode(c.Code), c.Code + " 李𬭚",
			c.Number(), c.Number() + " 李四", c.Code + " 李四", "ZM410611-2026-00099 李𬭚", "李𬭚", "",
		}
		found, err := o.CheckCertificates(t.Context(), "192.0.2.1", lines)
		o.must(err)
		for i, one := range found {
			if (one != nil) != (i < 4) {
				t.Errorf("%q: %+v", lines[i], one)
			}
		}
	})
	t.Run("who tries many is stopped, whatever they are; others are not", func(t *testing.T) {
		for i := range 61 {
			_, err := o.CheckCertificate(t.Context(), "192.0.2.9", []string{"nothing", domain.NewCode()}[i%2])
			if want := i == 60; errors.Is(err, domain.ErrNoCertificate) == want || (apperr.KindOf(err) == apperr.TooMany) != want {
				t.Fatalf("try %d: %v", i, err)
			}
		}
		if _, err := o.check(c.Code); err != nil {
			t.Error(err)
		}
		o.clock.Leap(10 * 60e9)
		if _, err := o.CheckCertificate(t.Context(), "192.0.2.9", c.Code); err != nil {
			t.Errorf("ten minutes later: %v", err)
		}
	})
	t.Run("of who was erased it is still genuine, and says no name", func(t *testing.T) {
		o.inTx(func(q postgres.Querier) error {
			return o.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: c.VolunteerID, Erased: true, Version: 9}})
		})
		checked, err := o.check(c.Code)
		if err != nil || checked.MaskedName != people.Erased || checked.End != nil {
			t.Errorf("checked %+v, %v", checked, err)
		}
		if _, err := o.ReplaceCertificate(o.issuing(), c.ID, "更正姓名"); !errors.Is(err, domain.ErrNoPaper) {
			t.Errorf("it can be issued anew: %v", err)
		}
	})
}

func TestRegister(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.issued("李桂应")
	list := func(text, state string) []app.Registered {
		page, _, err := o.ListRegister(o.issuing(), app.RegisterQuery{Region: "410611", Text: text, State: state, Limit: 10})
		o.must(err)
		return page
	}
	for text, want := range map[string]int{"": 1, c.Number(): 1, domain.SpellCode(c.Code): 1, "李桂应": 1, "李桂": 0, "ZM410611-2026-00002": 0} {
		if got := list(text, ""); len(got) != want || want == 1 && (got[0].Name != "李桂应" || got[0].Handler != "赵经办" || !got[0].MayEnd) {
			t.Errorf("%q finds %+v", text, got)
		}
	}

	// Her name was written wrong; teams has corrected it meanwhile, and she gave two hours more.
	o.teams.identify(c.VolunteerID, people.Identity{Name: "李桂英", Number: "HB2600000017", IDKind: "resident", IDNumber: "4106************29"})
	o.credit(o.attendance(by(c.VolunteerID, 60)))
	o.settle()
	key := o.issuing()
	number, err := o.ReplaceCertificate(key, c.ID, "更正姓名")
	o.must(err)
	if again, err := o.ReplaceCertificate(key, c.ID, "更正姓名"); number != "ZM410611-2026-00002" || again != number || err != nil {
		t.Fatalf("replaced by %s, said again %s, %v", number, again, err)
	}
	if old, err := o.check(c.Code); err != nil || old.End == nil || old.End.State != domain.Replaced || old.End.Successor != number {
		t.Errorf("the old one says %+v, %v", old.End, err)
	}
	valid := list("", "valid")
	if len(valid) != 1 || valid[0].Number() != number || valid[0].Name != "李桂英" || valid[0].Minutes != 180 {
		t.Fatalf("what counts is %+v", valid)
	}
	if _, err := o.ReplaceCertificate(o.issuing(), c.ID, "再换"); !errors.Is(err, domain.ErrCertificateEnded) {
		t.Errorf("replaced twice: %v", err)
	}
	next := valid[0].Certificate
	if err := o.RevokeCertificate(o.as(id.New(), "viewer", qibin), next.ID, "查实不是本人"); !errors.Is(err, domain.ErrNotIssuing) {
		t.Errorf("a viewer revokes: %v", err)
	}
	if err := o.RevokeCertificate(o.as(id.New(), "administrator", "4106/410621/"), next.ID, "查实不是本人"); !errors.Is(err, domain.ErrNoCertificate) {
		t.Errorf("another county revokes: %v", err)
	}
	if err := o.RevokeCertificate(o.as(next.VolunteerID, "coordinator", qibin), next.ID, "自己的"); !errors.Is(err, domain.ErrOwnCertificate) {
		t.Errorf("her own: %v", err)
	}
	o.must(o.RevokeCertificate(o.issuing(), next.ID, "查实不是本人参加"))
	if err := o.RevokeCertificate(o.issuing(), next.ID, "再撤"); !errors.Is(err, domain.ErrCertificateEnded) {
		t.Errorf("revoked twice: %v", err)
	}
	if gone, err := o.check(next.Code); err != nil || gone.End == nil || gone.End.State != domain.Revoked {
		t.Errorf("the revoked one says %+v, %v", gone.End, err)
	}
	if _, _, err := o.DrawCertificate(o.as(next.VolunteerID), next.ID); !errors.Is(err, domain.ErrCertificateEnded) {
		t.Errorf("it is still drawn: %v", err)
	}
	var told []string
	o.must(o.db.Owner(t).Select(&told, `SELECT body::jsonb->>'kind' FROM outbox WHERE body::jsonb->>'volunteer_id' = $1 AND body::jsonb ? 'kind' AND subject = 'hours.v1.notice.due' ORDER BY id`, c.VolunteerID))
	if strings.Join(told, " ") != "certificate.issued certificate.replaced certificate.revoked" {
		t.Errorf("she was told %v", told)
	}
	if _, _, err := o.ExportRegister(o.as(o.officer, "viewer", qibin), "410611", 2026, "年检"); err == nil {
		t.Error("a viewer takes the register out")
	}
	file, name, err := o.ExportRegister(o.issuing(), "410611", 2026, "年检")
	if err != nil || name != "志愿服务记录证明登记簿-淇滨区-2026.xlsx" || !bytes.HasPrefix(file, []byte("PK")) {
		t.Errorf("%s: %v", name, err)
	}
}

// What the volunteer downloads is checked with the key alone; what was changed in
// it is found.
func TestProveCertificate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.issued("李桂英")
	if _, _, err := o.ProveCertificate(o.issuing(), c.ID); !errors.Is(err, domain.ErrNoCertificate) {
		t.Errorf("the office gets her salt: %v", err)
	}
	file, _, err := o.ProveCertificate(o.as(c.VolunteerID), c.ID)
	o.must(err)
	verifier, err := note.NewVerifier(o.PublicKeys()[0])
	o.must(err)
	check := func(change func(*audit.CertificateFile)) audit.CertificateReport {
		raw, err := json.Marshal(file)
		o.must(err)
		var copied audit.CertificateFile
		o.must(json.Unmarshal(raw, &copied))
		change(&copied)
		raw, err = json.Marshal(copied)
		o.must(err)
		if bytes.Contains(raw, []byte(o.leader)) {
			t.Error("the file says who confirmed the hours")
		}
		report, err := audit.CheckCertificate(bytes.NewReader(raw), []string{file.Checkpoint}, audit.Trust{Keys: note.VerifierList(verifier)})
		o.must(err)
		return report
	}
	if r := check(func(*audit.CertificateFile) {}); !r.OK() || r.Kept != 1 || r.Records != 1 || len(r.File.Lines) != 1 {
		t.Fatalf("the untouched file: %+v", r)
	}
	for name, c := range map[string]struct {
		want   audit.Code
		change func(*audit.CertificateFile)
	}{
		"more minutes on the certificate": {audit.Sum, func(f *audit.CertificateFile) { f.Minutes += 600 }},
		"more minutes in a line":          {audit.NotLogged, func(f *audit.CertificateFile) { f.Minutes, f.Lines[0].Minutes = 180, 180 }},
		"somebody else's line":            {audit.Person, func(f *audit.CertificateFile) { f.Lines[0].VolunteerID = id.New() }},
		"a line twice":                    {audit.Doubled, func(f *audit.CertificateFile) { f.Lines = append(f.Lines, f.Lines[0]) }},
		"a line that had not settled":     {audit.Uncounted, func(f *audit.CertificateFile) { f.SettledOn = "2026-11-25" }},
		"a checkpoint nobody signed":      {audit.Unsigned, func(f *audit.CertificateFile) { f.Checkpoint = strings.Replace(f.Checkpoint, "\n1\n", "\n2\n", 1) }},
		"a way that leads elsewhere":      {audit.NotLogged, func(f *audit.CertificateFile) { f.Lines[0].Proof = append(f.Lines[0].Proof, f.Lines[0].LeafHash) }},
	} {
		r := check(c.change)
		if r.OK() || r.Findings[0].Code != c.want {
			t.Errorf("%s: %+v, want %s", name, r.Findings, c.want)
		}
	}
}
