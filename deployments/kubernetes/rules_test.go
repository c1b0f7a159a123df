package kubernetes_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/yaml"
)

// programs are a city's with an environment file; faces, those that speak HTTP.
var (
	programs = []string{"portal", "teams", "tasks", "hours", "pairings", "nats"}
	faces    = map[string]string{"portal": "8080", "teams": "8081", "tasks": "8082", "hours": "8083", "pairings": "8084"}
)

// environment is what a program is told in containers, where tests compare it with what the program knows; the
// hub's are hub and hub-nats.
func environment(t *testing.T, program string) map[string]string {
	t.Helper()
	path := "../compose/env/" + program + ".env"
	if program == "hub" || program == "hub-nats" {
		path = "../hub/env/" + strings.TrimPrefix(program, "hub-") + ".env"
	}
	text, err := os.ReadFile(path)
	must(t, err)
	told := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(name, "#") {
			told[name] = value
		}
	}
	return told
}

// container is what compose.yaml says of one.
type container struct {
	Image       string   `json:"image"`
	Entrypoint  []string `json:"entrypoint"`
	MemLimit    string   `json:"mem_limit"`
	Grace       string   `json:"stop_grace_period"`
	HealthCheck struct {
		Test []string `json:"test"`
	} `json:"healthcheck"`
}

func compose(t *testing.T, path string) map[string]container {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	var file struct {
		Services map[string]container `json:"services"`
	}
	must(t, yaml.Unmarshal(text, &file))
	if one, several := file.Services["nats-1"]; several {
		file.Services["nats"] = one
	}
	return file.Services
}

// Every container is nobody in particular, on a disk that it cannot write, without
// rights and without a word to the cluster, with an end to what it may use.
func TestPods(t *testing.T) {
	t.Parallel()
	nobody(t, pods(city(t)))
	nobody(t, pods(hub(t)))
}

func nobody(t *testing.T, all map[string]pod) {
	t.Helper()
	image := regexp.MustCompile(`^registry\.example/qihe:\d+\.\d+\.\d+$`)
	for name, p := range all {
		wrong := func(ok bool, what string) {
			if !ok {
				t.Errorf("%s: %s", name, what)
			}
		}
		s := p.spec.Spec
		is := func(b *bool, want bool) bool { return b != nil && *b == want }
		wrong(is(s.AutomountServiceAccountToken, false), "it is told how to speak to the cluster")
		wrong(is(s.EnableServiceLinks, false), "it is told variables of others")
		wrong(!s.HostNetwork && !s.HostPID && !s.HostIPC, "it shares the machine's own")
		c := s.SecurityContext
		wrong(c != nil && is(c.RunAsNonRoot, true) && c.RunAsUser != nil && *c.RunAsUser == 10001 && c.FSGroup != nil && *c.FSGroup == 10001, "it runs as somebody else")
		wrong(c != nil && c.SeccompProfile != nil && c.SeccompProfile.Type == corev1.SeccompProfileTypeRuntimeDefault, "it may call all of the kernel")
		wrong(len(s.Containers) == 1, "there are others in it")
		for _, v := range s.Volumes {
			wrong(v.HostPath == nil, "it sees the machine's disk")
			wrong(v.EmptyDir == nil || v.EmptyDir.Medium == corev1.StorageMediumMemory && !v.EmptyDir.SizeLimit.IsZero(), v.Name+" gets onto a disk, or grows for ever")
		}
		for _, c := range append(s.InitContainers, s.Containers...) {
			wrong(image.MatchString(c.Image), "its image is "+c.Image)
			wrong(c.ImagePullPolicy == "" && !strings.HasSuffix(c.Image, "latest"), "its image is whichever is newest")
			x := c.SecurityContext
			wrong(x != nil && is(x.ReadOnlyRootFilesystem, true) && is(x.AllowPrivilegeEscalation, false) && x.Privileged == nil, c.Name+" may write its root, or gain rights")
			wrong(x != nil && x.Capabilities != nil && slices.Equal(x.Capabilities.Drop, []corev1.Capability{"ALL"}) && len(x.Capabilities.Add) == 0, c.Name+" has capabilities")
			wrong(!c.Resources.Limits.Memory().IsZero() && !c.Resources.Requests.Memory().IsZero() && !c.Resources.Requests.Cpu().IsZero(), c.Name+" may use all of the machine")
			wrong(c.Resources.Limits.Cpu().IsZero(), c.Name+" is halted for using the processor")
			for _, m := range c.VolumeMounts {
				wrong(m.ReadOnly || m.MountPath == "/tmp" || m.MountPath == "/state" || m.MountPath == "/data" || c.Name == "keys" && m.MountPath == "/keys", c.Name+" may write "+m.MountPath)
			}
		}
	}
}

// Image, program and memory are those of compose.yaml.
func TestLikeCompose(t *testing.T) {
	t.Parallel()
	alike(t, compose(t, "../compose/compose.yaml"), city(t))
	alike(t, compose(t, "../hub/compose.yaml"), hub(t))
}

func alike(t *testing.T, like map[string]container, objects []metav1.Object) {
	t.Helper()
	for name, p := range pods(objects) {
		c := p.spec.Spec.Containers[0]
		service, migrates := strings.CutPrefix(name, "migrate-")
		other, found := like[service]
		if !found {
			t.Errorf("compose.yaml knows no %s", service)
			continue
		}
		want := other.Entrypoint
		if migrates {
			want = append(slices.Clone(want), "migrate")
		}
		if diff := cmp.Diff(want, c.Command); diff != "" || len(c.Args) > 0 {
			t.Errorf("%s (-compose +here):\n%s", name, diff)
		}
		for _, c := range append(p.spec.Spec.InitContainers, c) {
			if strings.TrimPrefix(c.Image, "registry.example/") != other.Image {
				t.Errorf("%s has the image %s, and in compose.yaml %s", name, c.Image, other.Image)
			}
		}
		limit := resource.MustParse(strings.ToUpper(other.MemLimit) + "i")
		if p.kind != "Job" && c.Resources.Limits.Memory().Cmp(limit) != 0 {
			t.Errorf("%s may use %s, and in compose.yaml %s", name, c.Resources.Limits.Memory(), other.MemLimit)
		}
	}
	for name := range all[*batchv1.Job](objects) { // a Job cannot be changed: each release has its own
		_, version, _ := strings.Cut(like["databases"].Image, ":")
		if !strings.HasSuffix(name, "-"+strings.ReplaceAll(version, ".", "-")) {
			t.Errorf("%s does not name release %s", name, version)
		}
	}
}

// Each pod is told what its program is told in compose, and nothing else: what has a
// place in it by a Secret of the program's own, an owner's address only where it migrates.
func TestSettings(t *testing.T) {
	t.Parallel()
	objects := city(t)
	configs := all[*corev1.ConfigMap](objects)
	for name, p := range pods(objects) {
		c := p.spec.Spec.Containers[0]
		var plain, secret []string
		for _, from := range c.EnvFrom {
			if from.ConfigMapRef != nil {
				plain = append(plain, from.ConfigMapRef.Name)
			} else {
				secret = append(secret, from.SecretRef.Name)
			}
		}
		if p.kind == "Job" {
			want := "postgres-superuser"
			if service, migrates := strings.CutPrefix(name, "migrate-"); migrates {
				want = service + "-owner"
			}
			if len(plain) > 0 || !slices.Equal(secret, []string{want}) || len(c.Env) > 0 {
				t.Errorf("%s is told %v, %v, %v", name, plain, secret, c.Env)
			}
			continue
		}
		if len(plain) != 1 || !slices.Equal(secret, []string{name}) {
			t.Errorf("%s is told %v and %v", name, plain, secret)
			continue
		}
		config, found := configs[plain[0]]
		if !found {
			t.Errorf("there is no %s", plain[0])
			continue
		}
		want := environment(t, name)
		maps.DeleteFunc(want, func(_, value string) bool { return strings.Contains(value, "${") })
		if _, speaks := faces[name]; speaks {
			want["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector.watching:4318"
		}
		if name == "portal" {
			want["PORTAL_TRUSTED_PROXIES"] = "10.244.0.0/16"
		}
		if diff := cmp.Diff(want, config.Data); diff != "" {
			t.Errorf("%s (-compose +here):\n%s", name, diff)
		}
		told := maps.Clone(config.Data)
		for _, own := range c.Env {
			if !slices.Contains(ofItsOwn[name], own.Name) {
				t.Errorf("%s is told %v too", name, own)
			}
			told[own.Name] = own.Value
		}
		for _, setting := range nowhere(told, c.VolumeMounts) {
			t.Errorf("%s has no folder for %s", name, setting)
		}
	}
	if got := nowhere(map[string]string{"LOG": "/state/logs", "KEYS": "/keys/a", "NAME": "a"}, []corev1.VolumeMount{{MountPath: "/keys"}}); !slices.Equal(got, []string{"LOG"}) {
		t.Errorf("control: no folder for %v", got)
	}
}

// ofItsOwn is what a pod is told that its container is not: a pod has another name each time, and no folder that stays.
var ofItsOwn = map[string][]string{"nats": {"NATS_SERVER_NAME"}, "portal": {"PORTAL_ACCESS_LOG"}}

// nowhere returns the settings that are files and folders where nothing is mounted: the rest of a pod can only be read.
func nowhere(told map[string]string, mounts []corev1.VolumeMount) (settings []string) {
	for _, setting := range slices.Sorted(maps.Keys(told)) {
		there := func(m corev1.VolumeMount) bool { return strings.HasPrefix(told[setting]+"/", m.MountPath+"/") }
		if strings.HasPrefix(told[setting], "/") && !slices.ContainsFunc(mounts, there) {
			settings = append(settings, setting)
		}
	}
	return settings
}

// Whoever asks a pod how it is asks at the program's own port and paths; what makes
// Kubernetes kill it asks nobody else; and it has the time to stop that it needs.
func TestProbesAndStops(t *testing.T) {
	t.Parallel()
	objects := city(t)
	asked(t, compose(t, "../compose/compose.yaml"), objects, faces)
	asked(t, compose(t, "../hub/compose.yaml"), hub(t), map[string]string{"hub": "8085"})
	p := pods(objects)["nats"].spec.Spec
	conf, err := os.ReadFile("../compose/nats/server.conf")
	must(t, err)
	lame := regexp.MustCompile(`lame_duck_duration: "(\d+s)"`).FindSubmatch(conf)
	duration, err := time.ParseDuration(string(lame[1]))
	must(t, err)
	if got := time.Duration(*p.TerminationGracePeriodSeconds) * time.Second; got < duration+15*time.Second {
		t.Errorf("NATS has %s to stop, and needs %s and some", got, duration)
	}
}

// asked looks whether those with these ports are asked where they answer, and what happens when they do not.
func asked(t *testing.T, like map[string]container, objects []metav1.Object, faces map[string]string) {
	t.Helper()
	source, err := os.ReadFile("../../shared/httpserver/server.go")
	must(t, err)
	paths := []string{}
	for _, route := range regexp.MustCompile(`e\.GET\("(/[a-z]+)"`).FindAllSubmatch(source, -1) {
		paths = append(paths, string(route[1]))
	}
	for name, port := range faces {
		p := pods(objects)[name].spec.Spec
		c := p.Containers[0]
		if len(c.Ports) != 1 || environment(t, name)[strings.ToUpper(name)+"_ADDRESS"] != "0.0.0.0:"+port || c.Ports[0].Name != "http" || port != strconv.Itoa(int(c.Ports[0].ContainerPort)) {
			t.Errorf("%s listens on %v", name, c.Ports)
		}
		for _, probe := range []*corev1.Probe{c.StartupProbe, c.LivenessProbe, c.ReadinessProbe} {
			if probe == nil || probe.HTTPGet == nil || probe.HTTPGet.Port.String() != "http" || !slices.Contains(paths, probe.HTTPGet.Path) {
				t.Fatalf("%s: %v asks nothing that is there: %v", name, probe, paths)
			}
		}
		if asked := like[name].HealthCheck.Test[3]; asked != "http://127.0.0.1:"+port+c.ReadinessProbe.HTTPGet.Path {
			t.Errorf("%s: compose asks %s", name, asked)
		}
		if c.LivenessProbe.HTTPGet.Path != "/healthz" || c.StartupProbe.HTTPGet.Path != "/healthz" {
			t.Errorf("%s is killed when its database is away", name)
		}
		grace, err := time.ParseDuration(like[name].Grace)
		must(t, err)
		if c.Lifecycle == nil || c.Lifecycle.PreStop.Sleep.Seconds < 3 || time.Duration(*p.TerminationGracePeriodSeconds-c.Lifecycle.PreStop.Sleep.Seconds)*time.Second < grace {
			t.Errorf("%s is killed before it has stopped", name)
		}
	}
}

// A machine can always be emptied; who is scaled has no number of its own; and there
// are never fewer than two.
func TestReplicas(t *testing.T) {
	t.Parallel()
	objects := city(t)
	budgets, scalers := all[*policyv1.PodDisruptionBudget](objects), all[*autoscalingv2.HorizontalPodAutoscaler](objects)
	want := map[string]int32{"portal": 2, "teams": 2, "tasks": 2, "hours": 2, "pairings": 2, "nats": 3}
	got := map[string]int32{}
	for name, p := range pods(objects) {
		if p.kind == "Job" {
			continue
		}
		if scaler, scaled := scalers[name]; scaled {
			target := scaler.Spec.ScaleTargetRef
			if p.replicas != nil || target.Kind != p.kind || target.Name != name || target.APIVersion != appsv1.SchemeGroupVersion.String() || scaler.Spec.MinReplicas == nil || *scaler.Spec.MinReplicas >= scaler.Spec.MaxReplicas {
				t.Errorf("%s: two say how many there are", name)
			}
			got[name] = *scaler.Spec.MinReplicas
		} else if p.replicas != nil {
			got[name] = *p.replicas
		}
		spread(t, budgets, name, p)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("replicas (-want +got):\n%s", diff)
	}
	if scaled := slices.Sorted(maps.Keys(scalers)); !slices.Equal(scaled, []string{"portal", "tasks", "teams"}) { // boards, files and disks are not scaled
		t.Errorf("scaled are %v", scaled)
	}
}

// spread looks whether one budget is about the pod and never keeps a machine from being emptied, and whether two of it are on two machines.
func spread(t *testing.T, budgets map[string]*policyv1.PodDisruptionBudget, name string, p pod) {
	t.Helper()
	var covered int
	for _, budget := range budgets {
		if !matches(t, budget.Spec.Selector, labels.Set(p.spec.Labels)) {
			continue
		}
		covered++
		if budget.Spec.MinAvailable != nil || budget.Spec.MaxUnavailable == nil || budget.Spec.MaxUnavailable.String() != "1" {
			t.Errorf("%s: its budget may keep a machine from being emptied", name)
		}
	}
	over := p.spec.Spec.TopologySpreadConstraints
	one := p.replicas != nil && *p.replicas == 1
	if covered != 1 || !one && (len(over) != 2 || over[0].TopologyKey != corev1.LabelHostname || !matches(t, over[0].LabelSelector, labels.Set(p.spec.Labels))) {
		t.Errorf("%s: %d budgets, spread by %v", name, covered, over)
	}
}

// The page says how many connections PostgreSQL must allow while all is scaled up and being replaced.
func TestConnections(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../shared/postgres/postgres.go")
	must(t, err)
	each, err := strconv.Atoi(string(regexp.MustCompile(`maxConns = (\d+)`).FindSubmatch(source)[1]))
	must(t, err)
	objects, most := city(t), 0
	scalers, everybody := all[*autoscalingv2.HorizontalPodAutoscaler](objects), pods(objects)
	for _, name := range []string{"teams", "tasks", "hours", "pairings"} {
		if scaler, scaled := scalers[name]; scaled {
			most += int(scaler.Spec.MaxReplicas)
		} else {
			most += int(*everybody[name].replicas)
		}
		if deployment, ok := all[*appsv1.Deployment](objects)[name]; ok {
			most += deployment.Spec.Strategy.RollingUpdate.MaxSurge.IntValue()
		}
	}
	page, err := os.ReadFile("README.md")
	must(t, err)
	said := regexp.MustCompile(`all together (\d+) during an\s+upgrade: .max_connections = (\d+)`).FindSubmatch(page)
	if allowed, _ := strconv.Atoi(string(said[2])); string(said[1]) != strconv.Itoa(most*each) || allowed < most*each+20 {
		t.Errorf("README.md says %s of %s, and it is %d", said[1], said[2], most*each)
	}
}

// Every name in an address leads to a Service that finds its pods at that port, and the street leads to the portal by HTTPS.
func TestServices(t *testing.T) {
	t.Parallel()
	objects := city(t)
	services, everybody := all[*corev1.Service](objects), pods(objects)
	address := regexp.MustCompile(`://(?:[^@/,]*@)?([a-z0-9-]+):(\d+)`)
	for _, program := range programs {
		for variable, value := range environment(t, program) {
			for _, to := range address.FindAllStringSubmatch(value, -1) {
				if to[1] != "postgres" && !leads(services[to[1]], everybody, to[2]) {
					t.Errorf("%s of %s leads nowhere: %s", variable, program, to[0])
				}
			}
		}
	}
	fronted(t, objects, map[string]string{"portal": "http"})
}

// fronted looks whether nothing but HTTPS to these ports of these Services leads in from the street.
func fronted(t *testing.T, objects []metav1.Object, to map[string]string) {
	t.Helper()
	services := all[*corev1.Service](objects)
	for name, s := range services {
		if s.Spec.Type != "" && s.Spec.Type != corev1.ServiceTypeClusterIP || len(s.Spec.ExternalIPs) > 0 {
			t.Errorf("%s answers the street", name)
		}
	}
	for name, ingress := range all[*networkingv1.Ingress](objects) {
		hosts := []string{}
		for _, rule := range ingress.Spec.Rules {
			hosts = append(hosts, rule.Host)
			for _, path := range rule.HTTP.Paths {
				if to[path.Backend.Service.Name] != path.Backend.Service.Port.Name {
					t.Errorf("%s leads to %v", name, path.Backend.Service)
				}
			}
		}
		if len(ingress.Spec.TLS) != 1 || !slices.Equal(ingress.Spec.TLS[0].Hosts, hosts) || len(hosts) == 0 {
			t.Errorf("%s: %v without HTTPS", name, hosts)
		}
	}
}

// leads says whether the Service finds pods of one program that listen at the port.
func leads(s *corev1.Service, everybody map[string]pod, port string) bool {
	if s == nil || !slices.ContainsFunc(s.Spec.Ports, func(p corev1.ServicePort) bool { return strconv.Itoa(int(p.Port)) == port }) {
		return false
	}
	selector := maps.Clone(s.Spec.Selector)
	numbered, one := selector[appsv1.StatefulSetPodNameLabel], false
	delete(selector, appsv1.StatefulSetPodNameLabel)
	for name, p := range everybody {
		if !labels.SelectorFromSet(selector).Matches(labels.Set(p.spec.Labels)) {
			continue
		}
		if one || numbered != "" && (p.kind != "StatefulSet" || !strings.HasPrefix(numbered, name+"-")) {
			return false
		}
		one = slices.ContainsFunc(p.spec.Spec.Containers[0].Ports, func(p corev1.ContainerPort) bool { return strconv.Itoa(int(p.ContainerPort)) == port })
	}
	return one
}
