package compose_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/qihe-volunteers/qihe/deployments/compose/internal/setup"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
)

// installation is this folder as somebody has it who runs Qihe: passwords and
// keys are made, and Docker's own library has read compose.yaml. place says
// where on this computer what stands in containers is.
type installation struct {
	folder  string
	project *types.Project
	place   map[string]string // host:port in a container's settings → on this computer
}

// install makes an installation of its own, with further settings in local/ and
// further files beside compose.yaml.
func install(t *testing.T, local map[string]string, further ...string) *installation {
	t.Helper()
	i := copied(t, ".", append([]string{"compose.yaml", "env", "nats"}, further...)...)
	must(t, setup.Prepare(i.folder, "qihe.example"))
	i.load(t, local, append([]string{"compose.yaml"}, further...)...)
	return i
}

// copied returns an installation that has these files and folders of a folder here, and has not been read yet.
func copied(t *testing.T, from string, names ...string) *installation {
	t.Helper()
	i := &installation{place: map[string]string{}}
	folder, err := os.MkdirTemp("", "qihe-compose-")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(folder)) })
	must(t, os.Chmod(folder, 0o711)) //nolint:gosec // PostgreSQL runs as another user when we are root
	i.folder = folder
	for _, name := range names {
		source := filepath.Join(from, name)
		info, err := os.Stat(source)
		must(t, err)
		if info.IsDir() {
			must(t, os.CopyFS(filepath.Join(folder, name), os.DirFS(source)))
			continue
		}
		text, err := os.ReadFile(source)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(folder, name), text, 0o600))
	}
	return i
}

// load reads the files as Docker would, with these settings in local/.
func (i *installation) load(t *testing.T, local map[string]string, names ...string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Join(i.folder, "local"), 0o700))
	for name, text := range local {
		must(t, os.WriteFile(filepath.Join(i.folder, "local", name), []byte(text), 0o600))
	}
	files := []string{}
	for _, name := range names {
		files = append(files, filepath.Join(i.folder, name))
	}
	options, err := cli.NewProjectOptions(files, cli.WithWorkingDirectory(i.folder), cli.WithEnvFiles(), cli.WithDotEnv)
	must(t, err)
	i.project, err = options.LoadProject(t.Context())
	must(t, err)
}

// findPlaces gives every host:port that the containers use a free port here.
func (i *installation) findPlaces(t *testing.T) {
	t.Helper()
	addresses := []string{"postgres:5432", "nats-1:4222", "nats-2:4222", "nats-3:4222", "nats-1:6222", "nats-2:6222", "nats-3:6222", "nats-1:8222", "nats-2:8222", "nats-3:8222"}
	addresses = append(addresses, hubAddresses...)
	for host, port := range ports {
		addresses = append(addresses, host+":"+port)
		if _, err := i.project.GetService(host + "-2"); err == nil {
			addresses = append(addresses, host+"-2:"+port)
		}
	}
	for _, address := range addresses {
		i.place[address] = freeport.Address(t)
	}
}

// here says what a container's setting is on this computer: hosts, ports and
// folders are others, and nothing else.
func (i *installation) here(container types.ServiceConfig) *strings.Replacer {
	pairs := []string{}
	for address, place := range i.place {
		host, port, _ := strings.Cut(address, ":")
		pairs = append(pairs, address, place)
		if host == container.Name {
			pairs = append(pairs, "0.0.0.0:"+port, place)
		}
	}
	for _, v := range container.Volumes {
		source := v.Source
		if v.Type == types.VolumeTypeVolume {
			source = filepath.Join(i.folder, "volumes", v.Source)
		}
		pairs = append(pairs, v.Target, source)
	}
	return strings.NewReplacer(pairs...)
}

// environment is what the container's program is told, here.
func (i *installation) environment(t *testing.T, name string) map[string]string {
	t.Helper()
	container, err := i.project.GetService(name)
	must(t, err)
	here, told := i.here(container), map[string]string{}
	for variable, value := range container.Environment {
		if value == nil {
			t.Fatalf("%s: %s has no value", name, variable)
		}
		told[variable] = here.Replace(*value)
	}
	return told
}

func (i *installation) url(address string) string { return "http://" + i.place[address] }

// natsURL is the bus for a user with a password in .env.
func (i *installation) natsURL(user string) string {
	password := i.project.Environment[strings.ToUpper(user)+"_NATS_PASSWORD"]
	var servers []string
	for _, server := range servers3 {
		servers = append(servers, fmt.Sprintf("nats://%s:%s@%s", user, password, i.place[server+":4222"]))
	}
	return strings.Join(servers, ",")
}

// ports are where the services answer.
var ports = map[string]string{"teams": "8081", "tasks": "8082", "hours": "8083", "pairings": "8084", "portal": "8080"}

var servers3 = []string{"nats-1", "nats-2", "nats-3"}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
