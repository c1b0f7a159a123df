package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

// In a new city without anybody an administrator is made, then another; one of them is
// erased, and the last cannot be. Each is shown first, and stands in the audit.
func TestOperator(t *testing.T) {
	t.Parallel()
	data := citytest.EmptyFolder(t)
	citytest.Run(t, city.Options{Data: data, Empty: true})
	ask := func(query string) string {
		t.Helper()
		s, err := site.Open(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		return citytest.Ask(t, s, "teams", query)
	}
	refused := func(err error, reason string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("refused with %v, not for %q", err, reason)
		}
	}
	const (
		grants  = `SELECT count(*) FROM staff_grants WHERE role = 'administrator' AND ended_at IS NULL`
		nobody  = `SELECT count(*) || ' ' || (SELECT count(*) FROM regions) || ' ' || (SELECT count(*) FROM audit_records) || ' ' || (SELECT count(*) FROM outbox) FROM volunteers`
		audited = `SELECT coalesce(string_agg(act || ' ' || reason, ', ' ORDER BY id), '') FROM audit_records WHERE actor_id IS NULL AND act IN ('grant.given', 'volunteer.erased')`
	)
	first := grantAdminCommand{Data: data, Phone: "139 8765 0001", Reason: "鹤妇〔2026〕1 号"}
	refused(first.Run(t.Context()), "--region")
	first.Region, first.RegionName, first.County = "4106", "鹤壁市", map[string]string{"410700": "别处"}
	refused(first.Run(t.Context()), "区划代码不对")
	first.County = map[string]string{"410621": "浚县", "410611": "淇滨区"}
	refused(first.Run(t.Context()), "--name")
	first.Name = "卡娜丽"
	must(t, first.Run(t.Context()))
	if got := ask(nobody); got != "0 0 0 0" {
		t.Errorf("only shown, and left are %s", got)
	}
	first.Yes = true
	must(t, first.Run(t.Context()))
	if got := ask(grants) + " " + ask(`SELECT string_agg(path, ' ' ORDER BY path) FROM regions`); got != "1 4106/ 4106/410611/ 4106/410621/" {
		t.Errorf("there are %s", got)
	}

	second := grantAdminCommand{Data: data, Phone: "13987650002", Name: "卡娜美", Reason: "鹤妇〔2026〕2 号", Yes: true}
	refused(second.Run(t.Context()), "--although")
	second.Although = true
	must(t, second.Run(t.Context()))

	number := ask(`SELECT number FROM volunteers WHERE name = '卡娜美'`)
	erase := func(number, typed string, yes bool) (string, error) {
		var out bytes.Buffer
		err := within(t.Context(), data, func(s *site.Site) error {
			return eraseCommand{Data: data, Number: number, Reason: "书面申请 7 号", Yes: yes}.erase(t.Context(), s, strings.NewReader(typed), &out)
		})
		return out.String(), err
	}
	shown, err := erase(number, "注销 "+number, false)
	must(t, err)
	if strings.Contains(shown, "卡娜美") || !strings.Contains(shown, number) {
		t.Errorf("shown by name, or not by number: %s", shown)
	}
	if _, err := erase(number, "注销", true); !errors.Is(err, errNotTyped) {
		t.Errorf("half of it typed: %v", err)
	}
	if got := ask(grants); got != "2" {
		t.Errorf("%s administrators after nothing was done", got)
	}
	_, err = erase(number, "注销 "+number+"\n", true)
	must(t, err)
	if got := ask(`SELECT state || ' ' || name || ' ' || (phone_sealed IS NULL) FROM volunteers WHERE number = '` + number + `'`); got != "erased 已注销 true" {
		t.Errorf("left of whom is erased: %s", got)
	}
	if got := ask(`SELECT count(*) FROM outbox WHERE subject = 'teams.v1.volunteer.changed' AND (body->>'erased')::boolean`); got != "1" {
		t.Errorf("%s events tell of it", got)
	}
	_, err = erase(ask(`SELECT number FROM volunteers WHERE name = '卡娜丽'`), "注销 "+ask(`SELECT number FROM volunteers WHERE name = '卡娜丽'`), true)
	refused(err, "最后一位")
	_, err = erase(number, "", true)
	refused(err, "volunteer")
	if got := ask(audited); got != "grant.given 鹤妇〔2026〕1 号, grant.given 鹤妇〔2026〕2 号, volunteer.erased 书面申请 7 号" {
		t.Errorf("the audit says %s", got)
	}

	// Without the keys nothing is sealed that nobody could open.
	keys := filepath.Join(data, "keys", "vault-keys.json")
	must(t, os.Rename(keys, keys+".aside"))
	third := grantAdminCommand{Data: data, Phone: "13987650003", Name: "卡娜秀", Reason: "x", Although: true, Yes: true}
	refused(third.Run(t.Context()), "key file")
	must(t, os.Rename(keys+".aside", keys))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
