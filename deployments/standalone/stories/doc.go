// Package stories holds the stories: what people do with Qihe, told to a real
// browser against all of Qihe running in one process. The stories themselves
// are the .mjs files; the tests start the city and tell them.
package stories
