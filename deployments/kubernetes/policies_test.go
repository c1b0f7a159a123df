package kubernetes_test

import (
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// end is where a connection begins or ends: a pod here, a pod of others, or an address.
type end struct {
	name      string
	namespace string // empty: no pod
	around    labels.Set
	labels    labels.Set
	address   netip.Addr
}

// outside are those who are not ours.
var outside = []end{
	{"names", "kube-system", labels.Set{"kubernetes.io/metadata.name": "kube-system"}, labels.Set{"k8s-app": "kube-dns"}, netip.MustParseAddr("10.244.9.1")},
	{"api server", "kube-system", labels.Set{"kubernetes.io/metadata.name": "kube-system"}, labels.Set{"component": "kube-apiserver"}, netip.MustParseAddr("10.244.9.2")},
	{"door", "gate", labels.Set{"kubernetes.io/metadata.name": "gate", "qihe.door": "true"}, labels.Set{"app": "controller"}, netip.MustParseAddr("10.244.9.3")},
	{"watching", "watching", labels.Set{"kubernetes.io/metadata.name": "watching", "qihe.watching": "true"}, labels.Set{"app": "prometheus"}, netip.MustParseAddr("10.244.9.4")},
	{"stranger", "other", labels.Set{"kubernetes.io/metadata.name": "other"}, labels.Set{"app.kubernetes.io/name": "portal"}, netip.MustParseAddr("10.244.9.5")},
	{"another kube-dns", "other", labels.Set{"kubernetes.io/metadata.name": "other"}, labels.Set{"k8s-app": "kube-dns"}, netip.MustParseAddr("10.244.9.6")},
	{"postgres", "", nil, nil, netip.MustParseAddr("192.0.2.10")},
	{"beside postgres", "", nil, nil, netip.MustParseAddr("192.0.2.11")},
	{"a hub", "", nil, nil, netip.MustParseAddr("198.51.100.7")},
	{"street", "", nil, nil, netip.MustParseAddr("203.0.113.5")},
	{"a machine of the cluster", "", nil, nil, netip.MustParseAddr("10.0.0.1")},
	{"the cloud's metadata", "", nil, nil, netip.MustParseAddr("169.254.169.254")},
}

// ports are all that anybody listens on, and some more.
var ports = []string{"UDP 53", "TCP 53", "TCP 22", "TCP 80", "TCP 443", "TCP 4222", "TCP 4318", "TCP 5432", "TCP 6222", "TCP 6443", "TCP 8080", "TCP 8081", "TCP 8082", "TCP 8083", "TCP 8084", "TCP 8085", "TCP 8222", "TCP 7422", "TCP 7480", "UDP 443"}

// ours are the pods of the overlay.
func ours(objects []metav1.Object) (ends []end) {
	address := netip.MustParseAddr("10.244.1.1")
	for name, p := range pods(objects) {
		ends = append(ends, end{name, p.namespace, labels.Set{"kubernetes.io/metadata.name": p.namespace}, p.spec.Labels, address})
		address = address.Next()
	}
	return ends
}

// arrows asks the policies about everybody, and returns who may call whom: as the
// caller's side allows it, and as the called one's does. Both must, in a cluster.
func arrows(t *testing.T, objects []metav1.Object) (sent, taken []string) {
	t.Helper()
	policies := all[*networkingv1.NetworkPolicy](objects)
	pods := ours(objects)
	everybody := append(slices.Clone(outside), pods...)
	for _, mine := range pods {
		out, in := about(t, policies, mine)
		for _, other := range everybody {
			for _, port := range out.open(t, other) {
				sent = append(sent, mine.name+" → "+other.name+" "+port)
			}
			for _, port := range in.open(t, other) {
				taken = append(taken, other.name+" → "+mine.name+" "+port)
			}
		}
	}
	slices.Sort(sent)
	slices.Sort(taken)
	return sent, taken
}

// rules are what policies allow a pod one way. A pod that no policy selects may do all,
// and else it may do what one of them allows.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/
type rules struct {
	namespace string
	selected  bool
	peers     [][]networkingv1.NetworkPolicyPeer
	ports     [][]networkingv1.NetworkPolicyPort
}

func about(t *testing.T, policies map[string]*networkingv1.NetworkPolicy, mine end) (out, in rules) {
	t.Helper()
	out.namespace, in.namespace = mine.namespace, mine.namespace
	for _, policy := range policies {
		if policy.Namespace != mine.namespace || !matches(t, &policy.Spec.PodSelector, mine.labels) {
			continue
		}
		if slices.Contains(policy.Spec.PolicyTypes, networkingv1.PolicyTypeEgress) {
			out.selected = true
			for _, rule := range policy.Spec.Egress {
				out.peers, out.ports = append(out.peers, rule.To), append(out.ports, rule.Ports)
			}
		}
		if slices.Contains(policy.Spec.PolicyTypes, networkingv1.PolicyTypeIngress) {
			in.selected = true
			for _, rule := range policy.Spec.Ingress {
				in.peers, in.ports = append(in.peers, rule.From), append(in.ports, rule.Ports)
			}
		}
	}
	return out, in
}

// open returns the ports at which the rules allow the other.
func (r rules) open(t *testing.T, other end) (found []string) {
	t.Helper()
	if !r.selected {
		return ports
	}
	for i, those := range r.peers {
		if !peers(t, r.namespace, those, other) {
			continue
		}
		for _, port := range ports {
			if through(t, r.ports[i], port) && !slices.Contains(found, port) {
				found = append(found, port)
			}
		}
	}
	return found
}

// peers says whether the other is one of those; none means everybody.
func peers(t *testing.T, namespace string, those []networkingv1.NetworkPolicyPeer, other end) bool {
	t.Helper()
	return len(those) == 0 || slices.ContainsFunc(those, func(p networkingv1.NetworkPolicyPeer) bool {
		if p.IPBlock != nil {
			within := func(cidr string) bool { return netip.MustParsePrefix(cidr).Contains(other.address) }
			return within(p.IPBlock.CIDR) && !slices.ContainsFunc(p.IPBlock.Except, within)
		}
		if other.namespace == "" || p.NamespaceSelector == nil && other.namespace != namespace {
			return false
		}
		return (p.NamespaceSelector == nil || matches(t, p.NamespaceSelector, other.around)) && (p.PodSelector == nil || matches(t, p.PodSelector, other.labels))
	})
}

// through says whether the port is one of those; none means all.
func through(t *testing.T, those []networkingv1.NetworkPolicyPort, port string) bool {
	t.Helper()
	return len(those) == 0 || slices.ContainsFunc(those, func(p networkingv1.NetworkPolicyPort) bool {
		protocol := corev1.ProtocolTCP
		if p.Protocol != nil {
			protocol = *p.Protocol
		}
		if p.EndPort != nil || p.Port != nil && p.Port.Type != intstr.Int {
			t.Fatalf("this test reads numbers of ports only, not %v", p)
		}
		return strings.HasPrefix(port, string(protocol)+" ") && (p.Port == nil || port == string(protocol)+" "+p.Port.String())
	})
}

func matches(t *testing.T, selector *metav1.LabelSelector, set labels.Set) bool {
	t.Helper()
	s, err := metav1.LabelSelectorAsSelector(selector)
	must(t, err)
	return s.Matches(set)
}

// told returns who calls whom, out of the addresses in the environment files of
// containers: the same that the pods are told.
func told(t *testing.T, programs ...string) (arrows []string) {
	t.Helper()
	address := regexp.MustCompile(`[a-z]://(?:[^@/,]*@)?([a-z]+)(?:-\d)?:(\d+)`)
	for _, program := range programs {
		for name, value := range environment(t, program) {
			from := program
			if strings.HasSuffix(name, "_OWNER_DATABASE_URL") { // of its job
				from = "migrate-" + program
			}
			for _, found := range address.FindAllStringSubmatch(value, -1) {
				arrows = append(arrows, from+" → "+found[1]+" TCP "+found[2])
			}
		}
	}
	return append(arrows, "databases → postgres TCP 5432")
}

// wanted is what the programs are told, and what no program is: everybody asks for
// names, who speaks HTTPS calls the portal, teams sends text messages, and who watches is told.
func wanted(t *testing.T, objects []metav1.Object) (sent, taken []string) {
	t.Helper()
	sent, taken = everywhere(t, objects, programs...)
	sent = append(sent, "teams → street TCP 443", "teams → a hub TCP 443", "teams → beside postgres TCP 443", "teams → postgres TCP 443") // which are outside, too
	taken = append(taken, "door → portal TCP 8080", "watching → nats TCP 8222")
	for name, port := range faces {
		sent = append(sent, name+" → watching TCP 4318")
		taken = append(taken, "watching → "+name+" TCP "+port)
	}
	slices.Sort(sent)
	slices.Sort(taken)
	return slices.Compact(sent), slices.Compact(taken)
}

// everywhere is what programs are told, and that everybody asks for names.
func everywhere(t *testing.T, objects []metav1.Object, programs ...string) (sent, taken []string) {
	t.Helper()
	for _, arrow := range told(t, programs...) {
		sent = append(sent, arrow)
		if !strings.Contains(arrow, "→ postgres") {
			taken = append(taken, arrow)
		}
	}
	for _, pod := range ours(objects) {
		sent = append(sent, pod.name+" → names UDP 53", pod.name+" → names TCP 53")
	}
	return sent, taken
}

// Of all pairs of pods, ports and addresses outside those are allowed that a program
// is told of, and no other.
func TestPolicies(t *testing.T) {
	t.Parallel()
	objects := city(t)
	sent, taken := wanted(t, objects)
	allowed(t, objects, sent, taken)
}

// allowed compares what the policies allow with what is wanted. Then each policy is left out, and each of its
// rules left out or widened: that is noticed.
func allowed(t *testing.T, objects []metav1.Object, wantSent, wantTaken []string) {
	t.Helper()
	sent, taken := arrows(t, objects)
	if diff := cmp.Diff(wantSent, sent); diff != "" {
		t.Errorf("may be sent (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(wantTaken, taken); diff != "" {
		t.Errorf("may be taken (-want +got):\n%s", diff)
	}
	red := func(what string) {
		sent, taken := arrows(t, objects)
		if slices.Equal(sent, wantSent) && slices.Equal(taken, wantTaken) {
			t.Errorf("control: %s, and nothing is noticed", what)
		}
	}
	for name, policy := range all[*networkingv1.NetworkPolicy](objects) {
		good := policy.Spec
		home := policy.Namespace
		policy.Namespace = "elsewhere"
		red(name + " is missing")
		policy.Namespace = home
		for i := range good.Ingress {
			policy.Spec = *good.DeepCopy()
			policy.Spec.Ingress[i].From = nil
			red(name + " takes from everybody")
			policy.Spec = *good.DeepCopy()
			policy.Spec.Ingress[i].Ports = nil
			red(name + " takes at all ports")
			policy.Spec = *good.DeepCopy()
			policy.Spec.Ingress = slices.Delete(policy.Spec.Ingress, i, i+1)
			red(name + " takes less")
		}
		for i := range good.Egress {
			policy.Spec = *good.DeepCopy()
			policy.Spec.Egress[i].To = nil
			red(name + " sends to everybody")
			policy.Spec = *good.DeepCopy()
			policy.Spec.Egress[i].Ports = nil
			red(name + " sends to all ports")
			policy.Spec = *good.DeepCopy()
			policy.Spec.Egress = slices.Delete(policy.Spec.Egress, i, i+1)
			red(name + " sends less")
		}
		policy.Spec = good
	}
}

// The picture that people look at has the same arrows.
func TestPicture(t *testing.T) {
	t.Parallel()
	picture, err := os.ReadFile("../../docs/architecture.svg")
	must(t, err)
	drawn := []string{}
	for _, arrow := range regexp.MustCompile(`data-arrow="([a-z]+) ([a-z]+)"`).FindAllStringSubmatch(string(picture), -1) {
		drawn = append(drawn, arrow[1]+" → "+arrow[2])
	}
	want := []string{"street → portal", "teams → street"}
	for _, arrow := range told(t, programs...) {
		arrow, _, _ = strings.Cut(arrow, " TCP")
		if arrow = strings.TrimPrefix(arrow, "migrate-"); !strings.HasPrefix(arrow, "databases") { // a service's own job; and one for all
			want = append(want, arrow)
		}
	}
	slices.Sort(drawn)
	slices.Sort(want)
	if diff := cmp.Diff(slices.Compact(want), slices.Compact(drawn)); diff != "" {
		t.Errorf("arrows in docs/architecture.svg (-told +drawn):\n%s", diff)
	}
}
