package main

import (
	"fmt"
	"strings"
)

const head = `<!-- Made by shared/cmd/eventsdoc from the source; change that, and type: make generate -->

# Events

What the services tell each other, and all they tell each other: a service never reads another's tables. An event is a fact
that is true already; it is written into the teller's outbox in the same transaction, carried to a JetStream stream of the
teller's name, and may arrive more than once and in any order. How that becomes "once" is told in
[architecture.md](architecture.md); an event never holds a person's name, phone number or address
([ADR 9](adr/0009-no-personal-data-in-events.md)).

On the wire an event is JSON, and its headers are the attributes of CloudEvents 1.0: ` + "`ce-id`" + ` is the same at every repetition,
` + "`ce-type`" + ` the subject, ` + "`ce-subject`" + ` what it is about, ` + "`ce-aggregateversion`" + ` after which change of that thing it was told.
Times are written as in RFC 3339. Adding an optional field to an event is free; anything else is a new subject with ` + "`v2`" + `,
told beside the old one for one release. A test reads and writes what [every release has told](../shared/contract/released), byte by byte
([ADR 89](adr/0089-what-was-told-stays-readable.md)).

A listener takes an event in one of two ways: **` + durable + `**, by an [inbox](../shared/inbox/inbox.go), when rows follow from it;
or **` + following + `**, without keeping its place ([bus.Follow](../shared/bus/follow.go)), when it only forgets or wakes something.
`

// render writes the page.
func render(contracts []contract, u uses) string {
	var b strings.Builder
	b.WriteString(head)
	b.WriteString("\n| subject | says | told by | heard by |\n| --- | --- | --- | --- |\n")
	for _, c := range contracts {
		for _, e := range c.Events {
			fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s |\n", e.Subject, anchor(e.Subject), cell(about(e)), teller(c, e, u), hearers(c, e, u))
		}
	}
	for _, c := range contracts {
		section(&b, c, u)
	}
	return b.String()
}

func section(b *strings.Builder, c contract, u uses) {
	fmt.Fprintf(b, "\n## Stream %s\n\nPackage [`%s`](../shared/contract/%s/events.go).", c.Stream, c.Package, c.Package)
	if c.About != "" {
		b.WriteString(" " + c.About)
	}
	b.WriteString("\n")
	for _, e := range c.Events {
		fmt.Fprintf(b, "\n### `%s`\n\n%s\n\n", e.Subject, e.Says)
		fmt.Fprintf(b, "- told in: %s\n", places(u.told[c.Package+"."+e.Type]))
		fmt.Fprintf(b, "- heard by:%s\n", listeners(u.heard[c.Package+"."+e.Type]))
		b.WriteString("\n| field | type | |\n| --- | --- | --- |\n")
		for _, f := range e.Fields {
			fmt.Fprintf(b, "| `%s` | %s |%s |\n", f.Name, f.Type, strings.TrimRight(" "+cell(f.Comment), " "))
		}
	}
}

// about is what the event says, without its own name: "somebody checked in or out".
func about(e event) string {
	first, _, _ := strings.Cut(e.Says, ". ")
	for _, start := range []string{e.Type + " says that ", e.Type + " says "} {
		first = strings.TrimPrefix(first, start)
	}
	return strings.TrimSuffix(first, ".")
}

func teller(c contract, e event, u uses) string {
	if len(u.told[c.Package+"."+e.Type]) == 0 {
		return "nobody yet"
	}
	return c.Service
}

func hearers(c contract, e event, u uses) string {
	var names []string
	for _, l := range u.heard[c.Package+"."+e.Type] {
		if len(names) == 0 || names[len(names)-1] != l.Who {
			names = append(names, l.Who)
		}
	}
	if len(names) == 0 {
		return "nobody yet"
	}
	return strings.Join(names, ", ")
}

func places(files []string) string {
	if len(files) == 0 {
		return "nowhere yet"
	}
	links := make([]string, len(files))
	for i, f := range files {
		links[i] = link(f)
	}
	return strings.Join(links, ", ")
}

func listeners(all []listener) string {
	if len(all) == 0 {
		return " nobody yet"
	}
	var b strings.Builder
	for _, l := range all {
		fmt.Fprintf(&b, "\n  - **%s**, %s", l.Who, l.How)
		if l.Does != "" {
			fmt.Fprintf(&b, ": `%s`", l.Does)
		}
		b.WriteString(" in " + link(l.File))
	}
	return b.String()
}

func link(file string) string { return fmt.Sprintf("[`%s`](../%s)", file, file) }

// anchor is the address of a heading on the page, as Git forges make it.
func anchor(heading string) string { return strings.ReplaceAll(heading, ".", "") }

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
