// Writes the types of the services' HTTP contracts to src/api/gen.
// The files are committed, so that a diff after running this proves freshness.
import { mkdir, writeFile } from 'node:fs/promises'
import openapi, { astToString } from 'openapi-typescript'

const services = ['teams', 'tasks', 'hours', 'pairings']
const target = new URL('../src/api/gen/', import.meta.url)

await mkdir(target, { recursive: true })
for (const service of services) {
  const contract = new URL(`../../../${service}/openapi.yaml`, import.meta.url)
  const types = astToString(await openapi(contract))
  const header = `// Generated from services/${service}/openapi.yaml by "npm run generate". Do not edit.\n\n`
  await writeFile(new URL(`${service}.ts`, target), header + types)
}
