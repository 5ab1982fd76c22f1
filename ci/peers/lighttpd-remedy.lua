-- mtls.lua:
local verify = lighty.r.req_env["SSL_CLIENT_VERIFY"]
if verify == "SUCCESS" then return 0 end
if verify == nil or verify == "NONE" or verify:find("reason(10)", 1, true) then
    lighty.r.resp_header["WWW-Authenticate"] = "ClientCertificate"
    return 401
end
return 403
