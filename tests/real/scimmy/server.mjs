// A SCIM server as the README and the reference of scimmy and scimmy-routers show it, over a store in memory.
// It decides only what these leave to the application: ids, times, uniqueness, membership and the token.
//
//   node server.mjs PORT TOKEN
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const [port, token] = process.argv.slice(2);
const users = new Map();
const groups = new Map();

const notFound = (id) => new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);

/** The handlers of a resource type whose resources are kept in `store`. */
function handlers(store, { name, unique, outward = (resource) => resource, removed = () => {} }) {
    return {
        ingress: (resource, data) => {
            const known = store.get(resource.id);
            if (resource.id && !known) throw notFound(resource.id);

            const taken = (other) => other.id !== resource.id && other[name].toLowerCase() === data[name].toLowerCase();
            if (unique && [...store.values()].some(taken)) {
                throw new SCIMMY.Types.Error(409, "uniqueness", `${name} '${data[name]}' is taken`);
            }

            const now = new Date();
            const id = known?.id ?? randomUUID();
            store.set(id, { ...data, id, meta: { created: known?.meta.created ?? now, lastModified: now } });
            return outward(store.get(id));
        },
        egress: (resource) => {
            if (resource.id) {
                if (!store.has(resource.id)) throw notFound(resource.id);
                return outward(store.get(resource.id));
            }
            const all = [...store.values()].map(outward);
            return resource.filter ? resource.filter.match(all) : all;
        },
        degress: (resource) => {
            if (!store.delete(resource.id)) throw notFound(resource.id);
            removed(resource.id);
        },
    };
}

SCIMMY.Resources.declare(SCIMMY.Resources.User, handlers(users, {
    name: "userName",
    unique: true,
    outward: (user) => ({
        ...user,
        groups: [...groups.values()]
            .filter(({ members = [] }) => members.some(({ value }) => value === user.id))
            .map(({ id, displayName }) => ({ value: id, display: displayName, type: "direct" })),
    }),
    removed: (gone) => {
        for (const [id, group] of groups) {
            groups.set(id, { ...group, members: group.members?.filter(({ value }) => value !== gone) });
        }
    },
}));
SCIMMY.Resources.declare(SCIMMY.Resources.Group, handlers(groups, { name: "displayName", unique: false }));
SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false);

const app = express();
app.use("/scim", new SCIMMYRouters({
    type: "bearer",
    docUri: "https://example.com/help/oauth.html",
    handler: (request) => {
        if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("Authorization not detected!");
        return "the-client";
    },
    baseUri: (request) => `${request.protocol}://${request.get("host")}`,
}));

const listener = app.listen(Number(port), "127.0.0.1", (problem) => {
    if (problem) throw problem;
    console.log(`ready: http://127.0.0.1:${listener.address().port}/scim`);
});
