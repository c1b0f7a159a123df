package setup

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/config"
)

// What is written for a hub in a cluster is all that its overlay refers to, the hub starts from it, and nobody but the job
// that makes the database is told an owner's or a superuser's address.
func TestHubKubernetes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	must(t, HubKubernetes(folder, "hub.example", server, []string{"410600:鹤壁市", "410500:安阳市"}))
	text, err := os.ReadFile(filepath.Join(folder, "secrets.json"))
	must(t, err)
	var list struct{ Items []secret }
	must(t, json.Unmarshal(text, &list))
	secrets := map[string]map[string]string{}
	for _, s := range list.Items {
		secrets[s.Metadata["name"]] = s.StringData
	}
	want := map[string]bool{}
	for _, manifest := range manifests(t, "overlays/hub") {
		for _, reference := range regexp.MustCompile(`secret(?:Ref)?: \{ name: ([a-z-]+) \}`).FindAllStringSubmatch(manifest, -1) {
			want[reference[1]] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(secrets))); diff != "" || len(want) != 4 {
		t.Errorf("secrets (-referred to +written):\n%s", diff)
	}

	told := fileOf(t, "../hub/env/hub.env")
	for variable, value := range told {
		if !strings.Contains(value, "${") {
			continue
		}
		delete(told, variable)
		if variable == "HUB_NATS_URL" {
			if want := strings.ReplaceAll(value, "${HUB_NATS_PASSWORD}", secrets["nats"]["HUB_NATS_PASSWORD"]); secrets["hub"][variable] != want {
				t.Errorf("the hub is told %s, in containers %s", secrets["hub"][variable], want)
			}
		}
	}
	maps.Copy(told, secrets["hub"])
	cfg, err := config.LoadFrom[hours.HubConfig]("HUB_", told)
	if diff := cmp.Diff(map[string]string{"410600": "鹤壁市", "410500": "安阳市"}, cfg.Cities); err != nil || diff != "" {
		t.Errorf("%v, cities (-want +got):\n%s", err, diff)
	}
	if !strings.Contains(cfg.DatabaseURL, "//hub:") || !strings.Contains(cfg.DatabaseURL, "@db.example:6543/qihe_hub?sslmode=verify-full") || strings.Contains(string(text), "_owner") {
		t.Errorf("the hub is told %s", cfg.DatabaseURL)
	}
	for variable := range secrets["hub"] {
		less := maps.Clone(told)
		delete(less, variable)
		if _, err := config.LoadFrom[hours.HubConfig]("HUB_", less); err == nil {
			t.Errorf("it starts without %s", variable)
		}
	}
	places := regexp.MustCompile(`\$([A-Z_0-9]+_PASSWORD)`).FindAllStringSubmatch(secrets["nats-cities"]["cities.conf"], -1)
	for _, place := range places {
		if secrets["nats"][place[1]] == "" {
			t.Errorf("NATS is not told %s", place[1])
		}
	}
	if len(places) != 3 || len(secrets["nats"]) != 3 {
		t.Errorf("NATS is told %d passwords for %d", len(secrets["nats"]), len(places))
	}
}

// For the city that stands in the repository the list is the file there; a city that joins changes nobody's password, one
// that leaves has no entry; and what would be something else in a file is no city.
func TestHubCities(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	made := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		must(t, err)
		return string(text)
	}
	must(t, Hub(folder, "hub.example", []string{"410600:鹤壁市"}))
	shipped, err := os.ReadFile("../../../hub/nats/cities.conf")
	must(t, err)
	if diff := cmp.Diff(string(shipped), made("gen/cities.conf")); diff != "" {
		t.Errorf("cities.conf (-shipped +made):\n%s", diff)
	}
	before := made(".env")
	must(t, Hub(folder, "hub.example", []string{"410600:鹤壁市", "410500:安阳市"}))
	if !strings.HasPrefix(made(".env"), before) || made("gen/hub.env") != "HUB_CITIES=410600:鹤壁市,410500:安阳市\n" {
		t.Errorf("a city more: .env was\n%s\nand is\n%s; %s", before, made(".env"), made("gen/hub.env"))
	}
	all := names([]byte(made(".env")))
	if diff := cmp.Diff(map[string]string{"CITY_410600_PASSWORD": all["CITY_410600_PASSWORD"], "CITY_410500_PASSWORD": all["CITY_410500_PASSWORD"]}, names([]byte(made("gen/nats.env")))); diff != "" {
		t.Errorf("NATS is told (-want +got):\n%s", diff)
	}
	must(t, Hub(folder, "hub.example", []string{"410500:安阳市"}))
	if text := made("gen/cities.conf") + made("gen/hub.env") + made("gen/nats.env"); strings.Contains(text, "410600") || !strings.Contains(text, "410500") {
		t.Errorf("a city has left, and there is\n%s", text)
	}
	for _, wrong := range []string{"410600", "410600:", "鹤壁市:410600", `410600:鹤"壁`, "410600:鹤壁市,410500", "41 06:鹤壁市", "410600:鹤壁市\nA=b"} {
		if err := Hub(folder, "hub.example", []string{wrong}); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

func fileOf(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", path))
	must(t, err)
	return names(text)
}
