package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

const units = "../server"

// unit reads a systemd unit: each setting with its values, in order.
func unit(t *testing.T, name string) map[string][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(units, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all := map[string][]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if key, value, ok := strings.Cut(line, "="); ok && !strings.HasPrefix(line, "#") {
			all[key] = append(all[key], value)
		}
	}
	return all
}

// What is shipped for systemd: what it starts is a command of ours with settings that are there, and it may do no more than it needs.
func TestUnits(t *testing.T) {
	t.Parallel()
	for name, wanted := range map[string]map[string]string{
		"qihe.service": {
			"User": "qihe", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateDevices": "yes", "KillMode": "mixed",
			"StateDirectory": "qihe", "Restart": "on-failure", "CapabilityBoundingSet": "CAP_NET_BIND_SERVICE", "SystemCallFilter": "@system-service adjtimex",
		},
		"qihe-backup.service": {"User": "qihe", "NoNewPrivileges": "yes", "ProtectSystem": "full", "CapabilityBoundingSet": "", "Type": "oneshot"},
	} {
		u := unit(t, name)
		for key, value := range wanted {
			if got := u[key]; len(got) != 1 || got[0] != value {
				t.Errorf("%s: %s is %q, not %q", name, key, got, value)
			}
		}
		program, args, _ := strings.Cut(strings.Join(u["ExecStart"], ""), " ")
		var c commands
		parser, err := kong.New(&c, kong.Vars{"data": "folder"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(strings.Fields(args)); err != nil || program != "/opt/qihe/bin/qihe" {
			t.Errorf("%s starts %s %s: %v", name, program, args, err)
		}
	}
}

// TestSettingsFile has each setting of the example understood by the program.
func TestSettingsFile(t *testing.T) { //nolint:paralleltest // it sets the environment
	text, err := os.ReadFile(filepath.Join(units, "qihe.env"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if key, value, ok := strings.Cut(line, "="); ok && strings.HasPrefix(strings.TrimPrefix(key, "#"), "QIHE_") && !strings.Contains(key, "BACKUP") {
			t.Setenv(strings.TrimPrefix(key, "#"), value)
		}
	}
	var c commands
	parser, err := kong.New(&c, kong.Vars{"data": "folder"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(nil); err != nil {
		t.Fatal(err)
	}
	r := c.Run
	if r.Data != "/var/lib/qihe" || !r.Empty || !r.TLS || r.Port != 443 || r.Site != "https://qihe.lan" || r.LogDays != 190 || r.Operator == "" || r.Contact == "" ||
		r.ICP == "" || r.Police == "" || r.TLSCert == "" || r.TLSKey == "" {
		t.Errorf("the program understands %+v", r)
	}
}

// TestExposure asks systemd itself, where it is: its own mark, 0 is best and 10 worst.
func TestExposure(t *testing.T) {
	t.Parallel()
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		return // TestUnits reads the same files
	}
	marks := func(file string) error {
		return exec.CommandContext(t.Context(), analyze, "security", "--offline=true", "--threshold=30", file).Run()
	}
	if out, err := exec.CommandContext(t.Context(), analyze, "security", "--offline=true", filepath.Join(units, "qihe.service")).CombinedOutput(); err != nil && strings.Contains(string(out), "offline") {
		return // older than 250
	}
	if err := marks(filepath.Join(units, "qihe.service")); err != nil {
		t.Errorf("it may do more than it needs: %v", err)
	}
	bare := filepath.Join(t.TempDir(), "bare.service")
	if err := os.WriteFile(bare, []byte("[Service]\nUser=qihe\nExecStart=/opt/qihe/bin/qihe run\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if marks(bare) == nil {
		t.Error("control: a unit without protection passes, too")
	}
}
