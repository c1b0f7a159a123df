package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// What docs/running.md shows is understood, and nothing that changes something says yes by itself.
func TestCommands(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"", "check", "deadletters redrive some-id --yes",
		"republish tasks --missing", "republish teams --since 2026-11-26_08:00 --yes", "republish tasks --all --forget hours-from-tasks --yes",
		"erase HB260000012 --reason 书面申请7号",
		"grant-admin 13900000000 --name 姓名 --region 4106 --region-name 鹤壁市 --county 410621=浚县 --county 410611=淇滨区 --reason 一号 --yes",
		"rotate-keys", "rotate-keys phones children --drop --yes",
	} {
		var c commands
		parser, err := kong.New(&c, kong.Vars{"data": "folder"})
		if err != nil {
			t.Fatal(err)
		}
		args := strings.Fields(line)
		for i, a := range args {
			args[i] = strings.ReplaceAll(a, "_", " ")
		}
		if _, err := parser.Parse(args); err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if yes := c.Republish.Yes || c.Erase.Yes || c.GrantAdmin.Yes || c.RotateKeys.Yes || c.Deadletters.Redrive.Yes; yes != strings.Contains(line, "--yes") {
			t.Errorf("%s: yes is %v", line, yes)
		}
		if strings.HasPrefix(line, "grant-admin") && len(c.GrantAdmin.County) != 2 {
			t.Errorf("counties: %v", c.GrantAdmin.County)
		}
	}
}
