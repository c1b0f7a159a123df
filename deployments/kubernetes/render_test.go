package kubernetes_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// kinds are what may stand in an overlay, by apiVersion and kind.
var kinds = map[string]func() metav1.Object{
	"v1 Namespace":                           func() metav1.Object { return &corev1.Namespace{} },
	"v1 Service":                             func() metav1.Object { return &corev1.Service{} },
	"v1 ConfigMap":                           func() metav1.Object { return &corev1.ConfigMap{} },
	"apps/v1 Deployment":                     func() metav1.Object { return &appsv1.Deployment{} },
	"apps/v1 StatefulSet":                    func() metav1.Object { return &appsv1.StatefulSet{} },
	"batch/v1 Job":                           func() metav1.Object { return &batchv1.Job{} },
	"policy/v1 PodDisruptionBudget":          func() metav1.Object { return &policyv1.PodDisruptionBudget{} },
	"autoscaling/v2 HorizontalPodAutoscaler": func() metav1.Object { return &autoscalingv2.HorizontalPodAutoscaler{} },
	"networking.k8s.io/v1 NetworkPolicy":     func() metav1.Object { return &networkingv1.NetworkPolicy{} },
	"networking.k8s.io/v1 Ingress":           func() metav1.Object { return &networkingv1.Ingress{} },
}

var rendered sync.Map // by overlay

// render builds an overlay, once for all tests.
func render(overlay string) ([]byte, error) {
	once, _ := rendered.LoadOrStore(overlay, sync.OnceValues(func() ([]byte, error) {
		built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), overlay)
		if err != nil {
			return nil, err
		}
		return built.AsYaml()
	}))
	return once.(func() ([]byte, error))()
}

// city returns everything that `kubectl apply -k overlays/city` would send, fresh, so that a test may spoil it.
func city(t *testing.T) []metav1.Object {
	t.Helper()
	return documents(t, "overlays/city", 40)
}

// hub returns everything that stands in overlays/hub.
func hub(t *testing.T) []metav1.Object {
	t.Helper()
	return documents(t, "overlays/hub", 15)
}

func documents(t *testing.T, overlay string, atLeast int) []metav1.Object {
	t.Helper()
	text, err := render(overlay)
	must(t, err)
	objects, err := read(text)
	must(t, err)
	if len(objects) < atLeast {
		t.Fatalf("only %d documents in %s", len(objects), overlay)
	}
	return objects
}

func read(text []byte) (objects []metav1.Object, err error) {
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var head metav1.TypeMeta
		if err := yaml.Unmarshal(document, &head); err != nil {
			return nil, err
		}
		make, known := kinds[head.APIVersion+" "+head.Kind]
		if !known {
			return nil, fmt.Errorf("nobody here knows %s %s", head.APIVersion, head.Kind)
		}
		object := make()
		if err := yaml.UnmarshalStrict(document, object); err != nil {
			return nil, fmt.Errorf("%s %s: %w", head.Kind, object.GetName(), err)
		}
		objects = append(objects, object)
	}
	return objects, nil
}

// all returns the objects of one type by their name.
func all[O metav1.Object](objects []metav1.Object) map[string]O {
	found := map[string]O{}
	for _, o := range objects {
		if one, ok := o.(O); ok {
			found[o.GetName()] = one
		}
	}
	return found
}

// pod is what a Deployment, StatefulSet or Job makes.
type pod struct {
	namespace, kind string
	replicas        *int32
	spec            corev1.PodTemplateSpec
}

// pods returns them by the name that they have in compose.yaml, too.
func pods(objects []metav1.Object) map[string]pod {
	found := map[string]pod{}
	for name, o := range all[*appsv1.Deployment](objects) {
		found[name] = pod{o.Namespace, "Deployment", o.Spec.Replicas, o.Spec.Template}
	}
	for name, o := range all[*appsv1.StatefulSet](objects) {
		found[name] = pod{o.Namespace, "StatefulSet", o.Spec.Replicas, o.Spec.Template}
	}
	for _, o := range all[*batchv1.Job](objects) {
		found[o.Spec.Template.Labels["app.kubernetes.io/name"]] = pod{o.Namespace, "Job", nil, o.Spec.Template}
	}
	return found
}

// Kustomize builds it, and each document is what Kubernetes knows, to the last word.
func TestDocuments(t *testing.T) {
	t.Parallel()
	arranged(t, city(t), "qihe", "databases hours migrate-hours migrate-pairings migrate-tasks migrate-teams nats pairings portal tasks teams")
	arranged(t, hub(t), "qihe-hub", "databases hub nats")
	text, err := render("overlays/city")
	must(t, err)
	for what, spoil := range map[string][2]string{
		"a word that Kubernetes does not know": {"readOnlyRootFilesystem", "readMerelyRootFilesystem"},
		"a kind that nobody here knows":        {"kind: Ingress", "kind: Egress"},
		"a number that is a word":              {"maxUnavailable: 1\n  selector", "maxUnavailable: [1]\n  selector"},
		"a word said twice":                    {"automountServiceAccountToken: false", "automountServiceAccountToken: false\n      automountServiceAccountToken: true"},
	} {
		spoiled := bytes.Replace(text, []byte(spoil[0]), []byte(spoil[1]), 1)
		if _, err := read(spoiled); err == nil || bytes.Equal(spoiled, text) {
			t.Errorf("%s is taken", what)
		}
	}
	other, err := render("overlays/hub")
	must(t, err)
	if secret := regexp.MustCompile(`\$\{|kind: Secret|password: [^$]`).Find(append(text, other...)); secret != nil {
		t.Errorf("there is %s in what is applied", secret)
	}
}

// arranged looks whether each document is there once, all in one namespace, and who runs.
func arranged(t *testing.T, objects []metav1.Object, namespace, want string) {
	t.Helper()
	seen := map[string]bool{}
	for _, o := range objects {
		key := fmt.Sprintf("%T %s", o, o.GetName())
		if seen[key] {
			t.Errorf("%s is there twice", key)
		}
		seen[key] = true
		if _, cluster := o.(*corev1.Namespace); !cluster && o.GetNamespace() != namespace {
			t.Errorf("%s is in %q", key, o.GetNamespace())
		}
	}
	if got := strings.Join(slices.Sorted(maps.Keys(pods(objects))), " "); got != want {
		t.Errorf("pods:\n%s, want\n%s", got, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
