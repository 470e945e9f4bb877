"""The example of the API description: before an action, about nobody. The numbers are well formed and belong to no one."""

EXAMPLE = {
    "stage": "pre_action", "preservation_kind": "property", "urgent": False, "query_system": False,
    "parties": [
        {"role": "applicant", "kind": "natural", "name": "甲某某", "resident_id": "440100190001010014",
         "service_address": "示例市示例区示例路1号", "phone": "19900000001"},
        {"role": "respondent", "kind": "legal", "name": "示例贸易有限公司", "credit_code": "91440199TEXT000173",
         "service_address": "示例市示例区示例路2号"},
    ],
    "request": "请求冻结被申请人银行存款500000元，或者查封、扣押、冻结其相应价值的其他财产。",
    "facts": "被申请人拖欠货款，正在转移财产，不立即保全将使申请人的合法权益受到难以弥补的损害。",
    "amount": "500000.00",
    "assets": [{"owner": "示例贸易有限公司", "type": "deposit", "province": "广东", "location": "示例银行示例支行", "account": "6200000000000000000"}],
    "guarantee_type": "insurance", "guarantee_amount": "500000.00", "guarantor": "示例财产保险股份有限公司",
}  # fmt: skip
