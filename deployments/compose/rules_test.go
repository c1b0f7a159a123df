package compose_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/caarlos0/env/v11"
	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/deployments/compose/internal/setup"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/standby"
)

// pinned is an image of one version, and not of whichever is the newest.
var pinned = regexp.MustCompile(`^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?$`)

// Every container is nobody in particular, on a disk that it cannot write, without
// rights, with an end to what it may use; and only the first one answers the street.
func TestContainers(t *testing.T) {
	t.Parallel()
	contained(t, install(t, nil, standbyFile))
	contained(t, install(t, nil, twoFile))
	i := install(t, nil)
	contained(t, i)
	t.Run("a word that Docker does not know is refused", func(t *testing.T) {
		path := filepath.Join(i.folder, "compose.yaml")
		good, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(path, []byte(strings.Replace(string(good), "read_only: true", "read_merely: true", 1)), 0o600))
		options, err := cli.NewProjectOptions([]string{path}, cli.WithWorkingDirectory(i.folder), cli.WithEnvFiles(), cli.WithDotEnv)
		must(t, err)
		if _, err := options.LoadProject(t.Context()); err == nil {
			t.Error("it is taken")
		}
	})
}

func contained(t *testing.T, i *installation) {
	t.Helper()
	for name, c := range i.project.Services {
		wrong := func(ok bool, what string) {
			if !ok {
				t.Errorf("%s: %s", name, what)
			}
		}
		user, _, _ := strings.Cut(c.User, ":")
		wrong(pinned.MatchString(c.Image), "its image is not pinned: "+c.Image)
		wrong(regexp.MustCompile(`^[1-9]\d*$`).MatchString(user), "it runs as "+c.User)
		wrong(c.ReadOnly, "it may write its root")
		wrong(slices.Equal(c.CapDrop, []string{"ALL"}), "it keeps capabilities")
		wrong(len(c.CapAdd) == 0 || name == "caddy" && slices.Equal(c.CapAdd, []string{"NET_BIND_SERVICE"}), "it gets capabilities")
		wrong(slices.Contains(c.SecurityOpt, "no-new-privileges:true"), "it may gain rights")
		wrong(!c.Privileged && c.NetworkMode == "" && c.Pid == "" && c.Ipc == "" && !c.UseAPISocket, "it shares the machine's own")
		wrong(c.MemLimit > 0 && c.PidsLimit > 0, "it may use all of the machine")
		wrong(c.Logging != nil && c.Logging.Options["max-size"] != "", "its log grows for ever")
		wrong(c.HealthCheck != nil || name == "databases", "nobody looks whether it is well")
		wrong(len(c.Ports) == 0 || name == "caddy", "it answers the street")
		for _, v := range c.Volumes {
			kept := v.Type == "volume" || strings.HasPrefix(v.Source, filepath.Join(i.folder, "state")+"/")
			wrong(v.ReadOnly || kept, "it may write "+v.Source)
		}
		for network := range c.Networks {
			inside := i.project.Networks[network].Internal
			wrong(inside || slices.Contains([]string{"caddy", "portal", "teams"}, strings.TrimSuffix(name, "-2")) || c.Environment["HUB_URL"] != nil, "it reaches the street by "+network)
		}
	}
}

// Each secret is told to whoever needs it and to nobody else.
func TestSecrets(t *testing.T) {
	t.Parallel()
	i := install(t, nil)
	want := map[string][]string{
		"POSTGRES_PASSWORD": {"databases", "postgres"}, "ADMIN_NATS_PASSWORD": servers3, "CLUSTER_NATS_PASSWORD": servers3,
		"PORTAL_NATS_PASSWORD": append(slices.Clone(servers3), "portal"), "INTERNAL_SECRET": {"hours", "pairings", "portal", "tasks", "teams"},
	}
	for _, s := range []string{"teams", "tasks", "hours", "pairings"} {
		upper := strings.ToUpper(s)
		want[upper+"_DATABASE_PASSWORD"], want[upper+"_OWNER_DATABASE_PASSWORD"] = []string{s}, []string{s}
		want[upper+"_NATS_PASSWORD"] = append(slices.Clone(servers3), s)
	}
	for secret := range want {
		slices.Sort(want[secret])
	}
	got := map[string][]string{}
	for secret, value := range i.project.Environment {
		if secret == "QIHE_HOST" {
			continue
		}
		for name, c := range i.project.Services {
			for _, told := range c.Environment {
				if strings.Contains(*told, value) && !slices.Contains(got[secret], name) {
					got[secret] = append(got[secret], name)
				}
			}
		}
		slices.Sort(got[secret])
	}
	for _, compose := range slices.Collect(maps.Keys(got)) {
		if strings.HasPrefix(compose, "COMPOSE_") { // what the loader adds of its own
			delete(got, compose)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who is told which secret (-want +got):\n%s", diff)
	}
}

// The environment files say all that each service requires, and nothing that it does not know.
func TestSettings(t *testing.T) {
	t.Parallel()
	i := install(t, nil)
	settings[teams.Config](t, i, "teams")
	settings[tasks.Config](t, i, "tasks")
	settings[hours.Config](t, i, "hours")
	settings[pairings.Config](t, i, "pairings")
	settings[portal.Config](t, i, "portal")
}

// With a standby each service and who makes the databases know both servers; nothing else is told another thing.
func TestStandbyFile(t *testing.T) {
	t.Parallel()
	one, two := install(t, nil), install(t, nil, standbyFile)
	for name := range one.project.Services {
		before, after := one.environment(t, name), two.environment(t, name)
		for variable, value := range before {
			want := value
			if strings.HasSuffix(variable, "DATABASE_URL") || variable == setup.SuperuserURL {
				want = value + "," + strings.Replace(value, "@postgres:", "@postgres-2:", 1)
			}
			want = strings.ReplaceAll(want, one.folder, two.folder)
			for secret, password := range one.project.Environment { // each installation has its own
				want = strings.ReplaceAll(want, password, two.project.Environment[secret])
			}
			if after[variable] != want {
				t.Errorf("%s: %s is %q, want %q", name, variable, after[variable], want)
			}
		}
	}
	first, second := two.project.Services["postgres"], two.project.Services["postgres-2"]
	if diff := cmp.Diff([]string(first.Entrypoint), []string(second.Entrypoint)); diff != "" || !slices.Equal(second.Command, []string{"qihe_2", "postgres"}) || !slices.Equal(first.Command, []string{"qihe_1", "postgres-2"}) {
		t.Errorf("they are started by %v %v and %v %v", first.Entrypoint, first.Command, second.Entrypoint, second.Command)
	}
	for _, s := range []types.ServiceConfig{first, second} { // a name that commits may wait for
		if !strings.HasPrefix(s.Command[0], standby.Prefix) {
			t.Errorf("%s is called %s", s.Name, s.Command[0])
		}
		kept := map[string]string{}
		for _, v := range s.Volumes {
			kept[v.Target] = filepath.Base(v.Source)
		}
		if diff := cmp.Diff(map[string]string{"/var/lib/postgresql/data": s.Name, "/etc/qihe": "postgres"}, kept); diff != "" {
			t.Errorf("%s keeps (-want +got):\n%s", s.Name, diff)
		}
	}
}

const standbyFile = "compose.standby.yaml"

// The second of each is told what the first is, and whoever asks a service knows both; nothing else is told another thing.
func TestTwoFile(t *testing.T) {
	t.Parallel()
	one, two := install(t, nil), install(t, nil, twoFile)
	address := regexp.MustCompile(`^http://(teams|tasks|hours|pairings|portal):(\d+)$`)
	both := 0
	for _, name := range []string{"teams", "tasks", "hours", "pairings", "portal"} {
		before, first, second := one.environment(t, name), two.environment(t, name), two.environment(t, name+"-2")
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("the second %s is told (-first +second):\n%s", name, diff)
		}
		for variable, value := range before {
			if a := address.FindStringSubmatch(value); a != nil {
				value += ",http://" + a[1] + "-2:" + a[2]
				both++
			}
			value = strings.ReplaceAll(value, one.folder, two.folder)
			for secret, password := range one.project.Environment { // each installation has its own
				value = strings.ReplaceAll(value, password, two.project.Environment[secret])
			}
			if first[variable] != value {
				t.Errorf("%s: %s is %q, want %q", name, variable, first[variable], value)
			}
		}
		a, b := two.project.Services[name], two.project.Services[name+"-2"]
		a.Name, a.Environment, b.Name, b.Environment = "", nil, "", nil
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("the containers of %s (-first +second):\n%s", name, diff)
		}
	}
	if both != 11 { // four of the portal, four askers of its keys, three of teams
		t.Errorf("%d settings name two, want 11", both)
	}
	if told := *two.project.Services["caddy"].Environment["QIHE_PORTALS"]; told != "portal:8080 portal-2:8080" {
		t.Errorf("caddy is told of %q", told)
	}
}

const twoFile = "compose.two.yaml"

func settings[C any](t *testing.T, i *installation, name string) {
	t.Helper()
	prefix, told := strings.ToUpper(name)+"_", i.environment(t, name)
	if _, err := config.LoadFrom[C](prefix, told); err != nil {
		t.Errorf("%s cannot start: %v", name, err)
	}
	var cfg C
	known, err := env.GetFieldParamsWithOptions(&cfg, env.Options{Prefix: prefix})
	must(t, err)
	unknown := maps.Clone(told)
	required := 0
	for _, field := range known {
		delete(unknown, field.Key)
		if !field.Required {
			continue
		}
		required++
		less := maps.Clone(told)
		delete(less, field.Key)
		if _, err := config.LoadFrom[C](prefix, less); err == nil { // or the test above would see nothing
			t.Errorf("%s starts without %s", name, field.Key)
		}
	}
	if len(unknown) > 0 || required == 0 {
		t.Errorf("%s knows nothing of %v; it requires %d settings", reflect.TypeFor[C](), slices.Sorted(maps.Keys(unknown)), required)
	}
}

// The image holds every program that the containers start, is made of pinned ones, and runs as nobody in particular.
func TestDockerfile(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("Dockerfile")
	must(t, err)
	file := string(raw)
	i := install(t, nil)
	for name, c := range i.project.Services {
		if strings.HasPrefix(c.Image, "qihe:") && !regexp.MustCompile(`[ /]`+filepath.Base(c.Entrypoint[0])+`(/v2)?[ \n]`).MatchString(file) {
			t.Errorf("%s starts %s, which the image does not hold", name, c.Entrypoint[0])
		}
	}
	stages := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(file, -1)
	for _, stage := range stages {
		if stage[1] != "scratch" && !pinned.MatchString(stage[1]) {
			t.Errorf("%s is not pinned", stage[1])
		}
	}
	last := file[strings.LastIndex(file, "\nFROM "):]
	if len(stages) != 3 || !strings.Contains(last, "\nUSER 10001:10001\n") || !strings.HasPrefix(last, "\nFROM scratch\n") {
		t.Errorf("the last of %d stages is\n%s", len(stages), last)
	}
}
