// SPDX-License-Identifier: Apache-2.0
#include "json/json_read.h"

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
