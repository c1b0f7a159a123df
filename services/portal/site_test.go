package portal_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/config"
)

type foot struct {
	Operator, Contact string
	Filings           []struct{ Text, URL string }
	Clock             *struct {
		Now          time.Time
		Synchronised *bool
	}
}

func (c *city) foot(t *testing.T, headers ...string) (f foot) {
	t.Helper()
	res, body := c.ask("GET", "/api/portal/v1/site", "", headers...)
	if res.StatusCode != http.StatusOK || res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s %v", res.Status, res.Header)
	}
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSite(t *testing.T) {
	t.Parallel()
	officer := auth.Grant{Role: "admin", RegionPath: "/4106/"}

	t.Run("says nothing that was not set", func(t *testing.T) {
		t.Parallel()
		if f := start(t, noNATS).foot(t); f.Operator != "" || f.Contact != "" || len(f.Filings) != 0 || f.Clock != nil {
			t.Errorf("%+v", f)
		}
	})
	t.Run("says who runs it, and each number with the page where it is looked up", func(t *testing.T) {
		t.Parallel()
		set, err := config.LoadFrom[struct{ Site portal.Site }]("PORTAL_", map[string]string{
			"PORTAL_OPERATOR": "鹤壁市妇女联合会", "PORTAL_CONTACT": `<b>0392</b>`,
			"PORTAL_ICP": "豫ICP备2026000001号-1", "PORTAL_POLICE": "豫公网安备41060002000001号",
		})
		if err != nil {
			t.Fatal(err)
		}
		f := start(t, noNATS, func(cfg *portal.Config) { cfg.Site = set.Site }).foot(t)
		want := foot{Operator: "鹤壁市妇女联合会", Contact: "<b>0392</b>", Filings: []struct{ Text, URL string }{
			{"豫ICP备2026000001号-1", "https://beian.miit.gov.cn/"},
			{"豫公网安备41060002000001号", "https://beian.mps.gov.cn/#/query/webSearch?code=41060002000001"},
		}}
		if diff := cmp.Diff(want, f); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("tells officers what time it is here, and nobody else", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		theirs, _ := c.teams.signIn(officer)
		volunteers, _ := c.teams.signIn()
		f := c.foot(t, "Cookie", cookie(theirs))
		if f.Clock == nil || time.Since(f.Clock.Now).Abs() > time.Minute {
			t.Errorf("an officer hears %+v", f.Clock)
		}
		if synchronised, known := clock.Synchronised(); known && (f.Clock.Synchronised == nil || *f.Clock.Synchronised != synchronised) {
			t.Errorf("synchronised: %v, the kernel says %v", f.Clock.Synchronised, synchronised)
		}
		if f := c.foot(t, "Cookie", cookie(volunteers)); f.Clock != nil {
			t.Errorf("a volunteer hears %+v", f.Clock)
		}
		c.teams.Close()
		if f := c.foot(t, "Cookie", cookie(theirs)); f.Clock != nil {
			t.Errorf("without teams: %+v", f.Clock)
		}
	})
	t.Run("in a city on another day nothing is compared", func(t *testing.T) {
		t.Parallel()
		var other clock.Shifted
		other.Leap(10 * time.Minute)
		c := start(t, noNATS, func(cfg *portal.Config) { cfg.Clock = &other })
		theirs, _ := c.teams.signIn(officer)
		if f := c.foot(t, "Cookie", cookie(theirs)); f.Clock != nil {
			t.Errorf("%+v", f.Clock)
		}
	})
	for name, wrong := range map[string]portal.Site{
		"备2026000001号":          {ICP: "备2026000001号"},
		"javascript":            {Police: "豫公网安备41060002000001号&x=javascript:1"},
		"is one line":           {Operator: "鹤壁\n市"},
		"characters at most":    {Contact: strings.Repeat("一", 81)},
		"豫公网安备4106000200000号":   {Police: "豫公网安备4106000200000号"},
		"The ICP number is wri": {ICP: "豫ICP备2026000001号-1<script>"},
	} {
		t.Run("a setting that cannot be right stops the start: "+name, func(t *testing.T) {
			t.Parallel()
			err := portal.Run(context.Background(), portal.Config{KeyFile: keyFile(t, 0o600), NATSURL: noNATS, Site: wrong})
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got %v", err)
			}
		})
	}
}
