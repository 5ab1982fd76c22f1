// SPDX-License-Identifier: Apache-2.0
#include "json/json_read.h"

const struct bp_json_node *bp_json_first(const struct bp_json_node *container)
{
    bool has_children = container->kind == BP_JSON_ARRAY || container->kind == BP_JSON_OBJECT;
    return has_children && container->count != 0 ? container + 1 : NULL;
}

const struct bp_json_node *bp_json_next(const struct bp_json_node *nodes,
                                        const struct bp_json_node *container,
                                        const struct bp_json_node *child)
{
    return child->next < container->next ? &nodes[child->next] : NULL;
}

const struct bp_json_node *bp_json_find(const struct bp_json_node *nodes,
                                        const struct bp_json_node *object, struct view name)
{
    if (object->kind != BP_JSON_OBJECT)
        return NULL;
    const struct bp_json_node *member = bp_json_first(object);
    while (member != NULL && !view_equal(member->name, name))
        member = bp_json_next(nodes, object, member);
    return member;
}
