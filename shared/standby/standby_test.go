package standby_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/standby"
	"github.com/qihe-volunteers/qihe/shared/testkit/cutwire"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// What is refused, and why. What is done is tried with two servers by TestPrimaryLost of tasks.
func TestRefusals(t *testing.T) {
	t.Parallel()
	primary := pgtest.New(t, "trial").URL
	away := elsewhere(t, primary)
	type act = func(ctx context.Context, addresses []string) error
	for name, c := range map[string]struct {
		act     act
		servers []string
		want    error
	}{
		"nobody is promoted while the primary answers":     {standby.Promote, []string{primary, away}, standby.ErrPrimary},
		"nor in the other place":                           {standby.Promote, []string{away, primary}, standby.ErrPrimary},
		"nobody is promoted when nobody answers":           {standby.Promote, []string{away, away}, standby.ErrNoStandby},
		"an address that is none is nobody":                {standby.Promote, []string{"127.0.0.1", away}, standby.ErrNoStandby},
		"nobody is let alone when nobody answers":          {standby.Alone, []string{away, away}, standby.ErrNoPrimary},
		"nobody is waited for when nobody answers":         {standby.Together, []string{away, away}, standby.ErrNoPrimary},
		"nobody is waited for who does not follow":         {standby.Together, []string{primary, away}, standby.ErrNoFollower},
		"of two that claim to be the primary none is left": {standby.Alone, []string{primary, cutwire.New(t, primary).URL}, standby.ErrTwo},
		"nor made to wait":                                 {standby.Together, []string{primary, cutwire.New(t, primary).URL}, standby.ErrTwo},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := c.act(t.Context(), c.servers); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	primary := pgtest.New(t, "trial").URL
	u, err := url.Parse(primary)
	if err != nil {
		t.Fatal(err)
	}
	const wrong = "postgres://postgres:geheim@127.0.0.1:five/postgres"
	servers := standby.Look(t.Context(), []string{primary, elsewhere(t, primary), wrong})
	if s := servers[0]; s.Away != nil || s.Standby || s.Position == "" || s.WaitsFor != "" || s.Host != u.Host {
		t.Errorf("the primary: %+v", s)
	}
	if s := servers[1]; s.Away == nil || s.Host != "127.0.0.1:1" {
		t.Errorf("nobody: %+v", s)
	}
	if s := servers[2]; s.Away == nil || strings.Contains(s.Away.Error(), "geheim") || !strings.Contains(s.Away.Error(), "地址写错了") {
		t.Errorf("an address that is none: %+v", s)
	}
}

// elsewhere is the address of a server that is not there.
func elsewhere(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = "127.0.0.1:1"
	return u.String()
}
