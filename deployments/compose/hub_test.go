package compose_test

import (
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/deployments/compose/internal/setup"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// hubAddresses are where a hub's containers are, beside a city's.
var hubAddresses = []string{"hub:8085", "nats:4222", "nats:7480", "nats:8222", "127.0.0.1:7422"}

// installHub makes a hub of its own for two cities.
func installHub(t *testing.T) *installation {
	t.Helper()
	i := copied(t, "../hub", "compose.yaml", "env", "nats")
	must(t, setup.Hub(i.folder, "hub.example", []string{"410600:鹤壁市", "410500:安阳市"}))
	i.load(t, nil, "compose.yaml")
	cities, err := os.ReadFile(filepath.Join(i.folder, "gen", "cities.conf"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(i.folder, "nats", "cities.conf"), cities, 0o600)) // Docker lays it over that one
	return i
}

// A hub's containers are what a city's are; each secret is told to whoever needs it; the hub is told all that it
// requires, and the owner of its tables to nobody.
func TestHubFile(t *testing.T) {
	t.Parallel()
	i := installHub(t)
	contained(t, i)
	settings[hours.HubConfig](t, i, "hub")
	got := map[string][]string{}
	for _, secret := range []string{"POSTGRES_PASSWORD", "HUB_DATABASE_PASSWORD", "HUB_NATS_PASSWORD", "CITY_410600_PASSWORD", "CITY_410500_PASSWORD"} {
		for name, c := range i.project.Services {
			for _, told := range c.Environment {
				if strings.Contains(*told, i.project.Environment[secret]) && !slices.Contains(got[secret], name) {
					got[secret] = append(got[secret], name)
				}
			}
		}
		slices.Sort(got[secret])
	}
	want := map[string][]string{
		"POSTGRES_PASSWORD": {"databases", "postgres"}, "HUB_DATABASE_PASSWORD": {"hub"}, "HUB_NATS_PASSWORD": {"hub", "nats"},
		"CITY_410600_PASSWORD": {"nats"}, "CITY_410500_PASSWORD": {"nats"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who is told which secret (-want +got):\n%s", diff)
	}
	city := install(t, nil)
	a, b := city.project.Services["postgres"], i.project.Services["postgres"]
	a.Environment, b.Environment = nil, nil // each has a password of its own
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("PostgreSQL (-city +hub):\n%s", diff)
	}
	dockerfile, err := os.ReadFile("Dockerfile")
	must(t, err)
	for name, c := range i.project.Services {
		if strings.HasPrefix(c.Image, "qihe:") && (c.Image != city.project.Services["hours"].Image || !strings.Contains(string(dockerfile), "/"+filepath.Base(c.Entrypoint[0]))) {
			t.Errorf("%s starts %s of %s", name, c.Entrypoint[0], c.Image)
		}
	}
	caddy, err := os.ReadFile("../hub/Caddyfile")
	must(t, err)
	for path, to := range map[string]string{"/": strings.Replace(i.told("hub", "HUB_ADDRESS"), "0.0.0.0", "hub", 1), "/leafnode": strings.Replace(i.told("nats", "NATS_CITIES_LISTEN"), "0.0.0.0", "nats", 1)} {
		if !strings.Contains(string(caddy), "\treverse_proxy "+path+" "+to) { // and nothing else: /metrics is on the page's port
			t.Errorf("Caddy does not send %s to %s", path, to)
		}
	}
	if n := strings.Count(string(caddy), "reverse_proxy"); n != 2 {
		t.Errorf("Caddy sends %d paths on", n)
	}
}

func (i *installation) told(name, variable string) string {
	return *i.project.Services[name].Environment[variable]
}

// cityOf is a city whose NATS servers call a hub, from the shipped files.
func cityOf(t *testing.T, hubURL string) *installation {
	t.Helper()
	account, err := os.ReadFile("../hub/nats/city-account.conf")
	must(t, err)
	i := copied(t, ".", "compose.yaml", "env", "nats")
	must(t, setup.Prepare(i.folder, "qihe.example"))
	file, err := os.ReadFile("../hub/compose.city.yaml")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(i.folder, "compose.city.yaml"), []byte(strings.ReplaceAll(string(file), "../hub/nats:", "./hub:")), 0o600))
	must(t, os.CopyFS(filepath.Join(i.folder, "hub"), os.DirFS("../hub/nats")))
	i.load(t, map[string]string{"city-account.conf": string(account), "nats.env": "HUB_URL=" + hubURL + "\n", "hours.env": "HOURS_CELL=4106\n"}, "compose.yaml", "compose.city.yaml")
	return i
}

// With compose.city.yaml a city's NATS servers read the city's own account file and are told where the hub is; nobody else is
// told another thing.
func TestCityOfHub(t *testing.T) {
	t.Parallel()
	const at = "wss://city-410600:secret@hub.example:443"
	one, i := install(t, nil), cityOf(t, at)
	contained(t, i)
	for name := range one.project.Services {
		before, after := maps.Clone(one.environment(t, name)), i.environment(t, name)
		if slices.Contains(servers3, name) {
			before["HUB_URL"] = at
		}
		if name == "hours" {
			before["HOURS_CELL"] = "4106"
		}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))); diff != "" || after["HUB_URL"] != before["HUB_URL"] || after["HOURS_CELL"] != before["HOURS_CELL"] {
			t.Errorf("%s is told (-before +after):\n%s", name, diff)
		}
	}
	for _, name := range servers3 {
		c := i.project.Services[name]
		sources := map[string]string{}
		for _, v := range c.Volumes {
			sources[v.Target] = strings.TrimPrefix(v.Source, i.folder+"/")
		}
		want := map[string]string{"/etc/nats": "nats", "/data": name, "/etc/hub": "hub", "/etc/hub/city-account.conf": "local/city-account.conf"}
		if diff := cmp.Diff(want, sources); diff != "" || strings.Join(c.Entrypoint, " ") != "/bin/nats-server -c /etc/hub/city-server.conf" {
			t.Errorf("%s is started by %v with (-want +got):\n%s", name, c.Entrypoint, diff)
		}
	}
}

// A figure that a city of three NATS servers has told stands on the hub's page: all programs are started from the shipped
// files, and the city comes by HTTPS to the same door as people who look. The door here is Go's, which sends on what
// the Caddyfile does. A city with a wrong password is refused.
func TestHub(t *testing.T) {
	t.Parallel()
	i := installHub(t)
	i.findPlaces(t)
	startPostgres(t, i)
	server := i.start(t, "nats")
	server.ready(t, i.url("nats:8222")+"/healthz")
	door, authority := newDoor(t, i)

	user := func(password string) string {
		return "wss://city-410600:" + password + "@" + door.Listener.Addr().String()
	}
	city := trusting(t, user(i.project.Environment["CITY_410600_PASSWORD"]), authority)
	city.startBus(t)
	tellTotals(t, city, 42*60)
	wait.Until(t, "all three servers of the city", func() bool { return leaves(t, i) == len(servers3) })
	began := time.Now()
	page := i.start(t, "hub") // not before: what was asked of a city in vain is asked again after a while
	page.ready(t, i.url("hub:8085")+"/readyz")
	look := func() string {
		res, err := door.Client().Get(door.URL + "/?period=all")
		must(t, err)
		defer func() { _ = res.Body.Close() }()
		text, err := io.ReadAll(res.Body)
		must(t, err)
		return string(text)
	}
	wait.Until(t, "the city's figure on the page", func() bool { return strings.Contains(look(), "42.0") })
	t.Logf("on the page %s after the hub was started", time.Since(began).Round(time.Millisecond))
	if text := look(); !strings.Contains(text, "鹤壁市") || strings.Count(text, "还没有收到过数据") != 1 {
		t.Errorf("the page does not say who is there and who is not: %s", text)
	}
	if said := server.said(t); strings.Contains(said, "authentication error") {
		t.Errorf("somebody is refused:\n%s", said)
	}
	for who, address := range map[string]string{
		"city-410600": user("p" + strings.Repeat("A", 26)),
		"hub":         strings.Replace(user(i.project.Environment["HUB_NATS_PASSWORD"]), "city-410600", "hub", 1), // right, and good inside only
	} {
		trusting(t, address, authority).start(t, "nats-1")
		wait.Until(t, "the refusal of "+who, func() bool { return strings.Contains(server.said(t), `authentication error - User "`+who+`"`) })
	}
	for _, path := range []string{"/metrics", "/readyz", "/leafnode/", "/anything"} {
		res, err := door.Client().Get(door.URL + path)
		must(t, err)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("the street gets to %s: %s", path, res.Status)
		}
	}
}

// leaves is how many servers of cities the hub's has.
func leaves(t *testing.T, i *installation) int {
	res, err := http.Get(i.url("nats:8222") + "/leafz")
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	var z struct {
		Leafnodes int `json:"leafnodes"`
	}
	must(t, json.NewDecoder(res.Body).Decode(&z))
	return z.Leafnodes
}

// newDoor sends on what the hub's Caddyfile sends on, by HTTPS, and returns the file of the authority that vouches for it.
func newDoor(t *testing.T, i *installation) (door *httptest.Server, authority string) {
	t.Helper()
	caddy, err := os.ReadFile("../hub/Caddyfile")
	must(t, err)
	mux := http.NewServeMux()
	for _, route := range regexp.MustCompile(`reverse_proxy (/\w*) (\S+)`).FindAllStringSubmatch(string(caddy), -1) {
		to, err := url.Parse(i.url(route[2]))
		must(t, err)
		exactly := route[1]
		if exactly == "/" {
			exactly = "/{$}"
		}
		mux.Handle(exactly, httputil.NewSingleHostReverseProxy(to))
	}
	door = httptest.NewUnstartedServer(mux)
	door.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	door.StartTLS()
	t.Cleanup(door.Close)
	t.Cleanup(door.CloseClientConnections)
	authority = filepath.Join(i.folder, "authority.pem")
	must(t, os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: door.Certificate().Raw}), 0o600))
	return door, authority
}

// trusting is a city whose NATS servers trust the authority.
func trusting(t *testing.T, hubURL, authority string) *installation {
	t.Helper()
	i := cityOf(t, hubURL)
	i.findPlaces(t)
	for _, name := range servers3 {
		container := i.project.Services[name]
		container.Environment = maps.Clone(container.Environment)
		container.Environment["SSL_CERT_FILE"] = &authority
		container.Volumes = slices.DeleteFunc(slices.Clone(container.Volumes), func(v types.ServiceVolumeConfig) bool { return strings.HasSuffix(v.Target, ".conf") }) // the same text lies there
		i.project.Services[name] = container
	}
	return i
}

// tellTotals tells, as hours, what a city has given in all the time.
func tellTotals(t *testing.T, i *installation, minutes int64) {
	t.Helper()
	b, err := bus.Connect(t.Context(), i.natsURL("hours"), "hours", slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(b.Close)
	b.Replicate(3)
	wait.Until(t, "a stream", func() bool { return b.EnsureStream(t.Context(), hours.Bus.Tells) == nil })
	figure := hoursv1.TotalsCounted{Period: "all", Region: "4106", Name: "鹤壁市", City: true, Minutes: minutes, Services: 50, People: 20, Teams: 3, CountedAt: time.Now(), Version: time.Now().UnixMilli()}
	text, err := json.Marshal(figure)
	must(t, err)
	told := []bus.Message{{ID: id.New(), Subject: figure.Subject(), Data: text}}
	wait.Until(t, "it is told", func() bool { // as the relay does: a stream that is new may have no leader yet
		_, err := b.Publish(t.Context(), hours.Bus.Tells, told)
		return err == nil
	})
}
