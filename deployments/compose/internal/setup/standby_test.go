package setup

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// What an operator is told, in both languages and without a password; nothing is done without --yes.
func TestStandby(t *testing.T) {
	t.Parallel()
	primary := pgtest.New(t, "trial").URL
	u, err := url.Parse(primary)
	must(t, err)
	u.User = url.UserPassword("boss", "open,sesame")
	u.Host = "127.0.0.1:1"
	away := u.String()
	for name, c := range map[string]struct {
		addresses string
		args      []string
		said, err string // parts of them; empty: none
	}{
		"no address":                        {"", nil, "", SuperuserURL},
		"how they are":                      {primary + "," + away, nil, "127.0.0.1:1  没有应答 away", ""},
		"how they are, with a comma inside": {strings.Replace(away, "%2C", ",", 1) + "," + primary, nil, "主库 primary", ""},
		"one address":                       {primary, nil, "独自工作 ALONE", ""},
		"an address that is none":           {primary + ",postgres://boss:open,sesame@127.0.0.1:five/db", nil, "地址写错了", ""},
		"without --yes nothing is done":     {primary + "," + away, []string{"promote"}, "什么也没做", ""},
		"with it it is":                     {primary + "," + away, []string{"promote", "--yes"}, "promote: 备库成为主库", "主库还在应答"},
		"nobody follows":                    {primary + "," + away, []string{"--yes", "together"}, "", "没有备库跟随主库"},
		"nobody answers":                    {away + "," + away, []string{"alone", "--yes"}, "", "没有主库应答"},
		"an act that is none":               {primary + "," + away, []string{"demote", "--yes"}, "", "用法"},
		"two acts":                          {primary + "," + away, []string{"alone", "together", "--yes"}, "", "用法"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			err := Standby(t.Context(), &out, c.addresses, c.args)
			if !strings.Contains(out.String(), c.said) {
				t.Errorf("it says %q, want %q", out.String(), c.said)
			}
			told := ""
			if err != nil {
				told = err.Error()
			}
			if (c.err == "") != (err == nil) || !strings.Contains(told, c.err) {
				t.Errorf("%v, want %q", err, c.err)
			}
			if err != nil && (!regexp.MustCompile(`\p{Han}{2}`).MatchString(told) || !regexp.MustCompile(`[a-z]{2} [a-z]`).MatchString(told)) {
				t.Errorf("not in both languages: %v", err)
			}
			if said := out.String() + told; strings.Contains(said, "sesame") {
				t.Errorf("it says a password: %s", said)
			}
		})
	}
}
