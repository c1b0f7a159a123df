package kubernetes_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Of all pairs at a hub those are allowed that it is told of, the door to the page and to the cities' port, and who watches.
func TestHubPolicies(t *testing.T) {
	t.Parallel()
	objects := hub(t)
	sent, taken := everywhere(t, objects, "hub")
	taken = append(taken, "door → hub TCP 8085", "door → nats TCP 7480", "watching → hub TCP 8085", "watching → nats TCP 8222")
	slices.Sort(sent)
	slices.Sort(taken)
	allowed(t, objects, slices.Compact(sent), slices.Compact(taken))
}

// What a hub's pods are told is what its containers are told, with each secret by its name, and the superuser's
// address where the database is made and nowhere else.
func TestHubSettings(t *testing.T) {
	t.Parallel()
	objects := hub(t)
	told := map[string]string{}
	for name, p := range pods(objects) {
		c := p.spec.Spec.Containers[0]
		for _, from := range c.EnvFrom {
			if from.ConfigMapRef != nil {
				told[name] += " " + from.ConfigMapRef.Name[:strings.LastIndex(from.ConfigMapRef.Name, "-")]
			} else {
				told[name] += " secret:" + from.SecretRef.Name
			}
		}
		if len(c.Env) > 0 {
			t.Errorf("%s is told %v too", name, c.Env)
		}
	}
	want := map[string]string{"hub": " hub secret:hub", "nats": " nats secret:nats", "databases": " secret:postgres-superuser"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	got := configs(t, objects)
	plain := environment(t, "hub")
	maps.DeleteFunc(plain, func(_, value string) bool { return strings.Contains(value, "${") })
	plain["HUB_TITLE"] = "河南省各市志愿服务"
	if diff := cmp.Diff(plain, got["hub"]); diff != "" {
		t.Errorf("hub (-containers +here):\n%s", diff)
	}
	if diff := cmp.Diff(environment(t, "hub-nats"), got["nats"]); diff != "" {
		t.Errorf("nats (-containers +here):\n%s", diff)
	}
	shipped := map[string]string{}
	for _, name := range []string{"server.conf", "hub.conf"} {
		text, err := os.ReadFile("../hub/nats/" + name)
		must(t, err)
		shipped[name] = string(text)
	}
	if diff := cmp.Diff(shipped, got["nats-files"]); diff != "" {
		t.Errorf("NATS' files (-shipped +here):\n%s", diff)
	}
	sources := pods(objects)["nats"].spec.Spec.Volumes[0].Projected.Sources
	if len(sources) != 2 || !strings.HasPrefix(sources[0].ConfigMap.Name, "nats-files-") || sources[1].Secret.Name != "nats-cities" {
		t.Errorf("NATS reads %v", sources)
	}
}

// configs returns what stands in the ConfigMaps, by their names without the hash.
func configs(t *testing.T, objects []metav1.Object) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	for name, c := range all[*corev1.ConfigMap](objects) {
		found[name[:strings.LastIndex(name, "-")]] = c.Data
	}
	return found
}

// A machine can always be emptied, the hub is on two, and its one NATS server has a disk of its own.
func TestHubReplicas(t *testing.T) {
	t.Parallel()
	objects := hub(t)
	budgets := all[*policyv1.PodDisruptionBudget](objects)
	got := map[string]int32{}
	for name, p := range pods(objects) {
		if p.kind != "Job" {
			got[name] = *p.replicas
			spread(t, budgets, name, p)
		}
	}
	if diff := cmp.Diff(map[string]int32{"hub": 2, "nats": 1}, got); diff != "" {
		t.Errorf("replicas (-want +got):\n%s", diff)
	}
}

// The hub's addresses lead to pods that listen there; the street leads to the page and to the cities' port by HTTPS, at
// one path each: /metrics is on the page's port.
func TestHubServices(t *testing.T) {
	t.Parallel()
	objects := hub(t)
	services, everybody := all[*corev1.Service](objects), pods(objects)
	for name, port := range map[string]string{"hub": "8085", "nats": "4222"} {
		if !leads(services[name], everybody, port) {
			t.Errorf("%s:%s leads nowhere", name, port)
		}
	}
	if !leads(services["nats"], everybody, environment(t, "hub-nats")["NATS_CITIES_LISTEN"][len("0.0.0.0:"):]) {
		t.Error("the cities' port leads nowhere")
	}
	fronted(t, objects, map[string]string{"hub": "http", "nats": "cities"})
	paths := map[string]string{}
	for _, path := range all[*networkingv1.Ingress](objects)["hub"].Spec.Rules[0].HTTP.Paths {
		paths[path.Path] = string(*path.PathType) + " " + path.Backend.Service.Name
	}
	if diff := cmp.Diff(map[string]string{"/": "Exact hub", "/leafnode": "Exact nats"}, paths); diff != "" {
		t.Errorf("the street gets to (-want +got):\n%s", diff)
	}
}

// A city that belongs to a hub is the city's overlay with four lines more: its NATS servers read the shipped files, with
// the city's own code, and may call the hub and nobody else; hours is told its code; and nothing else is another.
func TestCityOfHub(t *testing.T) {
	t.Parallel()
	overlay := t.TempDir()
	here, err := filepath.Abs(".")
	must(t, err)
	up, err := filepath.Rel(overlay, here)
	must(t, err)
	must(t, os.CopyFS(overlay, os.DirFS("overlays/city")))
	path := filepath.Join(overlay, "kustomization.yaml")
	text, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, []byte(strings.NewReplacer("# hub: - ../../../hub", "- "+up+"/../hub", "# hub: ", "", "../../", up+"/").Replace(string(text))), 0o600))
	account, err := os.ReadFile("../hub/nats/city-account.conf")
	must(t, err)
	mine := strings.ReplaceAll(string(account), "410600", "410500")
	must(t, os.WriteFile(filepath.Join(overlay, "city-account.conf"), []byte(mine), 0o600))

	alone, objects := city(t), documents(t, overlay, 40)
	arranged(t, objects, "qihe", strings.Join(slices.Sorted(maps.Keys(pods(alone))), " "))
	nobody(t, pods(objects))
	sent, taken := wanted(t, objects)
	sent = append(sent, "nats → a hub TCP 443")
	slices.Sort(sent)
	allowed(t, objects, sent, taken)

	before, after := configs(t, alone), configs(t, objects)
	files := map[string]string{"city-account.conf": mine}
	for _, name := range []string{"city-server.conf", "city-exports.conf", "city-leaf.conf"} {
		text, err := os.ReadFile("../hub/nats/" + name)
		must(t, err)
		files[name] = string(text)
	}
	before["hub-files"], before["hours"]["HOURS_CELL"] = files, "4106"
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("ConfigMaps (-want +got):\n%s", diff)
	}
	c := pods(objects)["nats"].spec.Spec.Containers[0]
	if got := strings.Join(c.Command, " "); got != "/bin/nats-server -c /etc/hub/city-server.conf" || c.EnvFrom[len(c.EnvFrom)-1].SecretRef.Name != "hub" {
		t.Errorf("NATS is started by %s, told %v", got, c.EnvFrom)
	}
	mounts := map[string]string{}
	for _, m := range c.VolumeMounts {
		mounts[m.MountPath] = m.Name
	}
	if mounts["/etc/hub"] != "hub-files" || mounts["/etc/nats"] != "files" {
		t.Errorf("NATS sees %v", mounts)
	}
}
